import HTTPTypes
import Testing

@testable import SigV4

@Suite("Refusing header-signed requests")
struct HeaderRefusalTests {
    @Test("the request that the others spoil is accepted")
    func unspoiled() throws {
        #expect(try RefusedRequest.verifier.verify(RefusedRequest.signed, at: .example) != nil)
    }

    @Test("a clock off by more than the skew, either way", arguments: [-901, 901])
    func skew(_ seconds: Int64) {
        let now = SigningDate.example.adding(seconds: seconds)
        let error = RefusedRequest.error(of: RefusedRequest.signed, at: now)
        #expect(error?.code == .requestTimeTooSkewed)
        #expect(error?.detail("RequestTime") == "20250102T030405Z")
        #expect(error?.detail("ServerTime") == now.iso8601)
        #expect(error?.detail("MaxAllowedSkewMilliseconds") == "900000")
        let nearer = SigningDate.example.adding(seconds: seconds - seconds.signum())
        #expect(RefusedRequest.error(of: RefusedRequest.signed, at: nearer) == nil)
    }

    @Test("a date that is missing or none", arguments: [nil, "", "yesterday", "20250102T030405Z, 20250102T030405Z"])
    func date(_ text: String?) {
        #expect(RefusedRequest.error { $0.headers[.amzDate] = text } == .headerDateMissing)
    }

    @Test("a scope of another day, region, service or terminal names ours")
    func scope() {
        let error = refusal(replacing: "20250102/us-east-1/s3/aws4_request", with: "20250102/eu-west-1/s3/aws4_request")
        #expect(error?.code == .authorizationHeaderMalformed)
        #expect(
            error?.message
                == "The authorization header is malformed; the region 'eu-west-1' is wrong; expecting 'us-east-1'"
        )
        #expect(error?.detail("Region") == "us-east-1")
        let others = [
            "20250103/us-east-1/s3/aws4_request", "20250102/us-east-1/x/aws4_request", "20250102/us-east-1/s3/x",
        ]
        for other in others {
            let error = refusal(replacing: "20250102/us-east-1/s3/aws4_request", with: other)
            #expect(error?.code == .authorizationHeaderMalformed)
        }
        #expect(refusal(replacing: "AK/", with: "") == .headerMalformed(SignatureClaim.malformedCredential))
    }

    @Test(
        "a header without its three components, or with others",
        arguments: [
            ("", Self.shape), ("Credential", Self.shape), (",,,", Self.shape), ("Credential=, Signature", Self.shape),
            ("Credential=\(Self.credential), SignedHeaders=host, Signature=x,", Self.shape),
            ("Credential=\(Self.credential), SignedHeaders=host, Signature=x, Extra=1", Self.shape),
            ("SignedHeaders=host, Signature=x", "missing Credential."),
            ("Credential=, SignedHeaders=host, Signature=x", "missing Credential."),
            ("Credential=\(Self.credential), Signature=x", "missing SignedHeaders."),
            ("Credential=\(Self.credential), SignedHeaders=, Signature=x", "missing SignedHeaders."),
            ("Credential=\(Self.credential), SignedHeaders=host", "missing Signature."),
            ("Credential=a, Credential=b, SignedHeaders=host, Signature=x", "Credential must be given only once."),
            ("Credential=a, SignedHeaders=host, Signature=x, Signature=x", "Signature must be given only once."),
        ]
    )
    func components(_ text: String, _ objection: String) {
        let error = RefusedRequest.error { $0.headers[.authorization] = "AWS4-HMAC-SHA256 \(text)" }
        #expect(error == .headerMalformed(objection))
    }

    private static let shape = "expecting Credential, SignedHeaders and Signature, separated by commas."
    private static let credential = "AK/20250102/us-east-1/s3/aws4_request"

    @Test("two Authorization headers")
    func twoHeaders() throws {
        let value = try #require(RefusedRequest.signed.headers[.authorization])
        let error = RefusedRequest.error { $0.headers[values: .authorization] = [value, value] }
        #expect(error?.code == .authorizationHeaderMalformed)
    }

    @Test("signature version 2 and 4A", arguments: ["AWS AK:c2lnbmF0dXJl", "AWS4-ECDSA-P256-SHA256 Credential=x"])
    func otherVersions(_ text: String) {
        #expect(RefusedRequest.error { $0.headers[.authorization] = text } == .otherSignatureVersion)
    }

    @Test("other kinds of authorization are refused and not repeated", arguments: ["Basic cGFzcw==", "Bearer x", ""])
    func otherTypes(_ text: String) {
        let error = RefusedRequest.error { $0.headers[.authorization] = text }
        #expect(error == .otherAuthorizationType)
        #expect(error?.code == .invalidArgument)
    }

    @Test("both forms at once", arguments: ["X-Amz-Signature=x", "X-Amz-Algorithm=x", "AWSAccessKeyId=AK"])
    func bothForms(_ parameter: String) {
        #expect(RefusedRequest.error { $0.target += "&\(parameter)" } == .bothForms)
    }

    @Test("a body nothing is said about, or nothing known")
    func payload() {
        #expect(RefusedRequest.error { $0.headers[.amzContentSHA256] = nil } == .contentSHA256Missing)
        let upperCase = String(repeating: "A", count: 64)
        for word in ["", "x", "UNSIGNED", "STREAMING-AWS4-ECDSA-P256-SHA256-PAYLOAD", upperCase] {
            let error = RefusedRequest.error { $0.headers[.amzContentSHA256] = word }
            #expect(error?.code == .invalidArgument)
            #expect(error?.detail("ArgumentValue") == word)
        }
    }

    @Test("another payload than the signed one")
    func otherPayload() {
        let digest = String(repeating: "a", count: 64)
        #expect(RefusedRequest.error { $0.headers[.amzContentSHA256] = digest }?.code == .signatureDoesNotMatch)
    }

    @Test("an x-amz-* header that was added, and a host that is not signed")
    func unsignedHeaders() throws {
        let name = try #require(HTTPField.Name("X-Amz-Copy-Source"))
        #expect(RefusedRequest.error { $0.headers[name] = "/b/secret" } == .headersNotSigned(["x-amz-copy-source"]))
        #expect(refusal(replacing: "SignedHeaders=host;", with: "SignedHeaders=") == .headersNotSigned(["host"]))
        #expect(RefusedRequest.error { $0.headers[.contentType] = "a/b" } == nil)
    }

    @Test("a key nobody knows, or whose secret is another")
    func keys() {
        let nobody = Verifier(region: "us-east-1") { _ in nil }
        #expect(RefusedRequest.error(of: RefusedRequest.signed, by: nobody) == .unknownKey("AK"))
        let other = Verifier(region: "us-east-1") { Credentials(accessKeyID: $0, secretAccessKey: Secret("x")) }
        #expect(RefusedRequest.error(of: RefusedRequest.signed, by: other)?.code == .signatureDoesNotMatch)
    }

    @Test("a changed secret is noticed although the old key is in the cache")
    func changedSecret() throws {
        let request = RefusedRequest.signed
        let secrets = Secrets()
        let verifier = Verifier(region: "us-east-1") { secrets.credentials($0) }
        #expect(try verifier.verify(request, at: .example) != nil)
        secrets.change()
        #expect(RefusedRequest.error(of: request, by: verifier)?.code == .signatureDoesNotMatch)
    }

    private func refusal(replacing text: String, with other: String) -> SigV4Error? {
        RefusedRequest.error { request in
            request.headers[.authorization] = request.headers[.authorization]?.replacing(text, with: other)
        }
    }
}
