import HTTPTypes
import Testing

@testable import SigV4

@Suite("Presigning")
struct PresignTests {
    @Test("signs like botocore", arguments: PresignVector.file.cases)
    func vector(_ vector: PresignVector) {
        let signer = Signer(credentials: vector.credentials, region: vector.region)
        let target = signer.presign(
            vector.unsigned,
            at: PresignVector.date,
            expiresInSeconds: PresignVector.expiresInSeconds
        )
        #expect(target.hasSuffix("&X-Amz-Signature=\(vector.signature)"))
        #expect(Set(target.split(separator: "&")) == Set(vector.request.target.split(separator: "&")))
        #expect(target.hasPrefix(vector.unsigned.target))
    }

    @Test("there are 29 vectors")
    func vectorCount() {
        #expect(PresignVector.file.cases.count == 29)
    }

    @Test("signs the published presigned URL")
    func published() throws {
        let vector = try #require(PublishedVector.named("PRESIGNED"))
        let url = try #require(vector.url)
        let signer = Signer(credentials: PublishedVector.credentials, region: "us-east-1")
        let request = SignableRequest(method: .get, host: "examplebucket.s3.amazonaws.com", target: "/test.txt")
        let target = signer.presign(request, at: PublishedVector.date, expiresInSeconds: 86_400)
        #expect("https://examplebucket.s3.amazonaws.com\(target)" == url)
    }

    @Test("signs the published POST policy")
    func policy() throws {
        let vector = try #require(PublishedVector.named("POST"))
        let signer = Signer(credentials: PublishedVector.credentials, region: "us-east-1")
        let date = try #require(SigningDate(basic: "20151229T000000Z"))
        #expect(signer.signature(ofPolicy: try #require(vector.policyBase64), at: date) == vector.signature)
    }

    @Test("an empty query is no reason for a second question mark")
    func emptyQuery() throws {
        let target = presign("/b/k?")
        #expect(target.hasPrefix("/b/k?X-Amz-Algorithm="))
        #expect(target.count { $0 == "?" } == 1)
    }

    @Test("a query that ends in & still verifies", arguments: ["/b/k?a&", "/b/k?&&a", "/b/k?&", "?", "/b?x=%2f&A"])
    func oddQuery(_ raw: String) throws {
        try #expect(verify(presign(raw)) != nil)
    }

    @Test("headers are named in sorted order, each once, host among them")
    func headerOrder() {
        let headers: HTTPFields = [.userAgent: "x", .contentType: "a/b", .contentLength: "1", .accept: "1"]
        var request = SignableRequest(method: .put, host: "h", target: "/", headers: headers)
        request.headers.append(HTTPField(name: .accept, value: "2"))
        let target = Self.signer.presign(request, at: .example, expiresInSeconds: 1)
        #expect(target.contains("SignedHeaders=accept%3Bcontent-length%3Bcontent-type%3Bhost%3Buser-agent&"))
    }

    private static let signer = Signer(
        credentials: Credentials(accessKeyID: "AK", secretAccessKey: Secret("secret")),
        region: "us-east-1"
    )

    private func presign(_ target: String) -> String {
        let request = SignableRequest(method: .get, host: "h", target: target)
        return Self.signer.presign(request, at: .example, expiresInSeconds: 60)
    }

    private func verify(_ target: String) throws -> VerifiedRequest? {
        let verifier = Verifier(region: "us-east-1") { _ in Self.signer.credentials }
        return try verifier.verify(SignableRequest(method: .get, host: "h", target: target), at: .example)
    }
}
