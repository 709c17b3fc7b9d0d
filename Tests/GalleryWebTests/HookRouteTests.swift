import Crypto
import Foundation
import GalleryCore
import GalleryTesting
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Testing

@testable import GalleryWeb

@Suite("/hooks/s3")
struct HookRouteTests {
    private static let secret = "hook-secret+0123456789"

    private let signals = IngestSignals()
    private let bench: WebBench

    init() {
        let configuration = GalleryWebConfiguration(hookSecret: HookSecret(Self.secret))
        bench = WebBench(configuration: configuration, signals: signals)
    }

    private static func body(_ id: ImageID = .random(), bucket: String = "memory") -> [UInt8] {
        let event = """
            {"Records":[{"eventVersion":"2.1","eventSource":"aws:s3","eventName":"ObjectCreated:Put",
              "s3":{"bucket":{"name":"\(bucket)"},"object":{"key":"incoming%2F\(id)"}}}]}
            """
        return Array(event.utf8)
    }

    private static func signature(of body: [UInt8], secret: String = secret) -> String {
        let tag = HMAC<SHA256>.authenticationCode(for: body, using: SymmetricKey(data: Array(secret.utf8)))
        return "sha256=" + tag.map { String(UInt16($0) + 256, radix: 16).dropFirst() }.joined()
    }

    private static let bearer: HTTPFields = [.authorization: "Bearer \(secret)"]

    private func post(_ body: [UInt8], query: String = "", _ headers: HTTPFields = [:]) async throws -> TestResponse {
        try await bench.ask(.post, "/hooks/s3\(query)", headers: headers, body: body)
    }

    private func signed(_ text: String) throws -> HTTPFields {
        [try #require(HTTPField.Name("X-Imgn-Signature")): text]
    }

    private func code(_ response: TestResponse) throws -> String? {
        #expect(response.headers[.contentType] == "application/problem+json")
        return try response.object["code"] as? String
    }

    private func heard() async -> [ImageID] {
        signals.finish()
        var ids: [ImageID] = []
        for await id in signals.ids { ids.append(id) }
        return ids
    }

    @Test("each way of showing the secret is good, and ingest hears of the upload each time")
    func ways() async throws {
        let id = ImageID.random()
        let body = Self.body(id)
        let answers = [
            try await post(body, signed(Self.signature(of: body))),
            try await post(body, signed(Self.signature(of: body).uppercased().replacing("SHA256", with: "sha256"))),
            try await post(body, Self.bearer),
            try await post(body, query: "?token=hook-secret%2B0123456789"),
        ]
        for answer in answers {
            #expect(answer.status == .ok)
            #expect(try answer.object["noticed"] as? Int == 1)
        }
        #expect(await heard() == [id, id, id, id])
    }

    @Test("whoever shows nothing is asked to; nothing is heard")
    func unknownSenders() async throws {
        for headers in [[:], [.authorization: "Basic eDp5"], [.authorization: "Bearer"]] as [HTTPFields] {
            let response = try await post(Self.body(), headers)
            #expect(response.status == .unauthorized && response.headers[.wwwAuthenticate] == "Bearer")
            #expect(try code(response) == "unauthorized")
        }
        #expect(await heard().isEmpty)
    }

    @Test("forged messages are refused; nothing is heard")
    func forged() async throws {
        let body = Self.body()
        let signature = Self.signature(of: body)
        let claims: [(query: String, headers: HTTPFields)] = [
            ("", try signed(Self.signature(of: body, secret: "another-secret-0123456789"))),
            ("", try signed(Self.signature(of: Self.body()))), ("", try signed("")), ("", try signed("sha256=")),
            ("", try signed(String(signature.dropFirst(7)))), ("", try signed("sha1=" + signature.dropFirst(7))),
            ("", try signed(signature + "00")), ("", try signed(String(signature.dropLast(2)))),
            ("", try signed(String(signature.dropLast()) + "g")),
            ("", [.authorization: "Bearer \(Self.secret)x"]), ("", [.authorization: "Bearer hook-secret"]),
            ("?token=", [:]), ("?token=wrong", [:]), ("?token=hook-secret+0123456789", [:]),
        ]
        for claim in claims {
            let response = try await post(body, query: claim.query, claim.headers)
            #expect(response.status == .forbidden, "\(claim)")
            #expect(try code(response) == "invalid-token")
        }
        #expect(await heard().isEmpty)
    }

    @Test("a wrong signature is not made good by a token")
    func bestClaim() async throws {
        var headers = try signed(Self.signature(of: [1]))
        headers[.authorization] = "Bearer \(Self.secret)"
        #expect(try await post(Self.body(), headers).status == .forbidden)
    }

    @Test("a gallery without a secret has no such route")
    func noSecret() async throws {
        let closed = WebBench()
        for headers in [[:], Self.bearer] {
            let response = try await closed.ask(.post, "/hooks/s3", headers: headers, body: Self.body())
            #expect(response.status == .notFound)
            #expect(try code(response) == "not-found")
        }
    }

    @Test("a message may have 256 KiB")
    func large() async throws {
        let body = Self.body()
        let full = body + [UInt8](repeating: 32, count: (256 << 10) - body.count)
        #expect(try await post(full, Self.bearer).status == .ok)
        for headers in [Self.bearer, try signed(Self.signature(of: full + [32]))] {
            let response = try await post(full + [32], headers)
            #expect(response.status == .contentTooLarge)
            #expect(try code(response) == "too-large")
            #expect(try response.object["detail"] as? String == "The body of this request may have 256 KiB at most.")
        }
    }

    @Test("tests, other buckets and unknown events are taken and change nothing")
    func harmless() async throws {
        let test = Array("{\"Service\":\"Amazon S3\",\"Event\":\"s3:TestEvent\",\"Bucket\":\"memory\"}".utf8)
        let offer = """
            {"Type":"SubscriptionConfirmation","SubscribeURL":"https://sns.eu-west-1.amazonaws.com/?Token=1"}
            """
        for body in [test, Self.body(bucket: "other"), Array("{}".utf8), Array(offer.utf8)] {
            let response = try await post(body, Self.bearer)
            #expect(response.status == .ok)
            #expect(try response.object["noticed"] as? Int == 0)
        }
        #expect(await heard().isEmpty)
    }

    @Test("what is no JSON, and other methods, are refused")
    func bad() async throws {
        let response = try await post([1, 2], Self.bearer)
        #expect(response.status == .badRequest)
        #expect(try code(response) == "bad-request")
        #expect(try await bench.ask(.get, "/hooks/s3", headers: Self.bearer).status == .methodNotAllowed)
    }

    @Test("a secret has 16 characters, and never shows itself")
    func secrets() {
        #expect(HookSecret("fifteen-letters") == nil)
        #expect(HookSecret("sixteen-letters!").map { "\($0)" } == "<redacted>")
    }
}
