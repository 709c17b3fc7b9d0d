import AWSTransport
import Foundation
import HTTPTypes
import S3
import SigV4
import Testing

@Suite("Presigning")
struct PresigningTests {
    private static let body = PresignedBody(byteCount: 70_000, sha256: Array(repeating: 7, count: 32))

    private func signedHeaders(_ url: String) -> String? {
        RawQuery(url.drop { $0 != "?" }.dropFirst()).first("X-Amz-SignedHeaders")
    }

    @Test("an upload binds length, type, digest and that it happens once, and metadata as headers")
    func put() async throws {
        let name = try #require(HTTPField.Name("name"))
        let settings = ObjectSettings(contentType: "image/png", metadata: [name: "a b"], acl: "private")
        let client = try S3Client(ScriptedExchange([]))
        let request = try await client.presignPut(Bench.location(), Self.body, settings, PresignTerms(seconds: 300))
        #expect(request.url.hasPrefix("http://127.0.0.1:9000/imgn/some/key?X-Amz-Algorithm="))
        #expect(
            signedHeaders(request.url)
                == "content-length;content-type;host;if-none-match;x-amz-acl;x-amz-checksum-sha256;x-amz-meta-name"
        )
        #expect(request.headers["x-amz-meta-name"] == "a b")
        #expect(request.headers[.contentLength] == nil, "clients set it themselves")
        #expect(request.headers["x-amz-checksum-sha256"] == Data(repeating: 7, count: 32).base64EncodedString())
        #expect(request.headers[.ifNoneMatch] == "*")
        #expect(request.headers["x-amz-acl"] == "private")
        #expect(request.expiresAt.secondsSince1970 == Bench.now.secondsSince1970 + 300)
    }

    @Test("a verifier takes what was presigned, and nothing longer")
    func verified() async throws {
        let client = try S3Client(ScriptedExchange([]))
        let request = try await client.presignPut(
            Bench.location(),
            Self.body,
            ObjectSettings(),
            PresignTerms(seconds: 300)
        )
        var headers = request.headers
        headers[.contentLength] = "70000"
        let target = try #require(request.url.range(of: "9000")).upperBound
        let verifier = Verifier(region: "us-east-1") { _ in Bench.key }
        let received = SignableRequest(
            method: .put,
            host: "127.0.0.1:9000",
            target: String(request.url[target...]),
            headers: headers
        )
        _ = try verifier.verify(received, at: Bench.now)
        var longer = received
        longer.headers[.contentLength] = "70001"
        #expect(throws: SigV4Error.self) { _ = try verifier.verify(longer, at: Bench.now) }
    }

    @Test("a part binds its number, its upload, its length and its digest")
    func part() async throws {
        let upload = try Bench.upload("up/load+1")
        let request = try await S3Client(ScriptedExchange([])).presignPart(7, of: upload, Self.body, seconds: 60)
        #expect(request.url.contains("some/key?partNumber=7&uploadId=up%2Fload%2B1&X-Amz-Algorithm="))
        #expect(signedHeaders(request.url) == "content-length;host;x-amz-checksum-sha256")
    }

    @Test("a part of a sender who tells nothing binds its number and its upload")
    func partOfUnknown() async throws {
        let upload = try Bench.upload("u")
        let body = PresignedBody(byteCount: nil, sha256: nil)
        let request = try await S3Client(ScriptedExchange([])).presignPart(7, of: upload, body, seconds: 60)
        #expect(signedHeaders(request.url) == "host")
    }

    @Test("a download says what the answer shall say of itself")
    func get() async throws {
        let overrides = ResponseOverrides(contentDisposition: "attachment; filename=\"a\"")
        let request = try await S3Client(ScriptedExchange([])).presignGet(Bench.location(), overrides, seconds: 60)
        #expect(request.url.contains("?response-content-disposition=attachment%3B%20filename%3D%22a%22&X-Amz-"))
        #expect(request.method == .get && request.headers.isEmpty)
    }

    @Test("nothing outlives the credentials it was signed with")
    func temporary() async throws {
        let client = try S3Client(ScriptedExchange([]), key: Bench.temporaryKey)
        let request = try await client.presignGet(Bench.location(), seconds: 300)
        #expect(request.expiresAt == Bench.temporaryKey.expiresAt)
        #expect(request.url.contains("X-Amz-Security-Token=a%2Btoken%2Fof%3Dsession"))
    }

    @Test("a form's policy covers each of its fields and says how large the file may be")
    func post() async throws {
        let policy = PostPolicy(
            try Bench.location("a\"/b"),
            byteCounts: 1...1000,
            fields: [.init("Content-Type", "image/png")],
            seconds: 60
        )
        let form = try await S3Client(ScriptedExchange([]), key: Bench.temporaryKey).presignPost(policy)
        #expect(form.url == "http://127.0.0.1:9000/imgn")
        let fields = Dictionary(uniqueKeysWithValues: form.fields.map { ($0.name, $0.value) })
        let base64 = try #require(fields["policy"])
        let text = String(decoding: try #require(Data(base64Encoded: base64)), as: UTF8.self)
        #expect(
            text == """
                {"conditions":[["eq","$bucket","imgn"],["eq","$key","a\\"/b"],["eq","$Content-Type","image/png"],\
                ["eq","$x-amz-algorithm","AWS4-HMAC-SHA256"],\
                ["eq","$x-amz-credential","ASIABENCH/20250102/us-east-1/s3/aws4_request"],\
                ["eq","$x-amz-date","20250102T030405Z"],["eq","$x-amz-security-token","a+token/of=session"],\
                ["content-length-range",1,1000]],"expiration":"2025-01-02T03:05:05Z"}
                """
        )
        let signer = Signer(credentials: Bench.temporaryKey, region: "us-east-1")
        #expect(fields["x-amz-signature"] == signer.signature(ofPolicy: base64, at: Bench.now))
        #expect(form.fields.map(\.name).suffix(2) == ["policy", "x-amz-signature"])
    }
}
