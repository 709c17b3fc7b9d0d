import Testing

@testable import SigV4

@Suite("POST policies")
struct PolicyVerificationTests {
    private static let signed: [String: String] = [
        "x-amz-algorithm": "AWS4-HMAC-SHA256",
        "x-amz-credential": "AKIAIOSFODNN7EXAMPLE/20151229/us-east-1/s3/aws4_request",
        "x-amz-date": "20151229T000000Z",
    ]
    private static let date = SigningDate(secondsSince1970: 1_451_347_200)  // 2015-12-29T00:00:00Z

    private func verify(
        _ change: (inout [String: String]) -> Void = { _ in },
        policy: String? = nil,
        at now: SigningDate = date,
        credentials: Credentials = PublishedVector.credentials
    ) throws -> String {
        let vector = try #require(PublishedVector.named("POST policy"))
        var fields = Self.signed
        fields["x-amz-signature"] = vector.signature
        change(&fields)
        let published = try #require(vector.policyBase64)
        let verifier = Verifier(region: "us-east-1") { $0 == credentials.accessKeyID ? credentials : nil }
        return try verifier.verify(SignedPolicy(policy: policy ?? published) { fields[$0] }, at: now)
    }

    private func error(
        at now: SigningDate = date,
        credentials: Credentials = PublishedVector.credentials,
        _ change: (inout [String: String]) -> Void
    ) -> SigV4Error? {
        do {
            _ = try verify(change, at: now, credentials: credentials)
            return nil
        } catch {
            return error as? SigV4Error
        }
    }

    @Test("AWS's published policy verifies, now and weeks later")
    func published() throws {
        #expect(try verify() == "AKIAIOSFODNN7EXAMPLE")
        #expect(try verify(at: Self.date.adding(seconds: 30 * 86_400)) == "AKIAIOSFODNN7EXAMPLE")
    }

    @Test(
        "a field that is missing or empty is named, in order",
        arguments: ["X-Amz-Algorithm", "X-Amz-Credential", "X-Amz-Date", "X-Amz-Signature"]
    )
    func missing(name: String) {
        for value in [nil, ""] {
            let error = error { $0[name.lowercased()] = value }
            #expect(error?.code == .invalidArgument)
            #expect(error?.detail("ArgumentName") == name)
            #expect(error?.message.hasPrefix("Bucket POST must contain a field named '\(name)'.") == true)
        }
    }

    @Test(
        "a field that is wrong is refused for what is wrong with it",
        arguments: [
            ("x-amz-algorithm", "AWS4-HMAC-SHA1", "only supports"),
            ("x-amz-credential", "AKIA", "the Credential is mal-formed"),
            ("x-amz-credential", "AKIAIOSFODNN7EXAMPLE/20151229/us-east-1/s3/aws4", "incorrect terminal"),
            ("x-amz-credential", "AKIAIOSFODNN7EXAMPLE/20151229/us-east-1/ec2/aws4_request", "incorrect service"),
            ("x-amz-credential", "AKIAIOSFODNN7EXAMPLE/20151229/eu-west-1/s3/aws4_request", "the region 'eu-west-1'"),
            ("x-amz-credential", "AKIAIOSFODNN7EXAMPLE/20151230/us-east-1/s3/aws4_request", "Invalid credential date"),
            ("x-amz-date", "2015-12-29T00:00:00Z", "ISO8601 Long Format"),
            ("x-amz-date", "20151232T000000Z", "ISO8601 Long Format"),
        ]
    )
    func wrong(name: String, value: String, message: String) {
        let error = error { $0[name] = value }
        #expect(error?.code == .invalidArgument)
        #expect(error?.message.contains(message) == true)
        #expect(error?.detail("ArgumentValue") == value)
    }

    @Test("every changed digit of the signature is a mismatch that says what was signed")
    func mismatch() throws {
        let signature = try #require(PublishedVector.named("POST policy")?.signature)
        for index in 0..<64 {
            var digits = Array(signature.utf8)
            digits[index] = digits[index] == UInt8(ascii: "0") ? UInt8(ascii: "1") : UInt8(ascii: "0")
            let changed = String(decoding: digits, as: UTF8.self)
            let error = error { $0["x-amz-signature"] = changed }
            #expect(error?.code == .signatureDoesNotMatch)
            #expect(error?.detail("SignatureProvided") == changed)
            #expect(error?.detail("StringToSign") == PublishedVector.named("POST policy")?.policyBase64)
            #expect(error?.detail("AWSAccessKeyId") == "AKIAIOSFODNN7EXAMPLE")
        }
        for changed in [signature.uppercased(), String(signature.dropLast()), signature + "0"] {
            let error = error { $0["x-amz-signature"] = changed }
            #expect(error?.code == .signatureDoesNotMatch)
        }
    }

    @Test("another policy under the same signature is a mismatch")
    func otherPolicy() {
        #expect(throws: SigV4Error.self) { try verify(policy: "e30=") }
        #expect(throws: SigV4Error.self) { try verify(policy: "") }
    }

    @Test("a form that is signed by version 2 is told so")
    func version2() {
        let error = error {
            $0 = ["awsaccesskeyid": "AKIAIOSFODNN7EXAMPLE", "signature": "x"]
        }
        #expect(error == .otherSignatureVersion)
    }

    @Test("a policy dated more than a quarter of an hour ahead is not valid yet")
    func ahead() {
        #expect(error(at: Self.date.adding(seconds: -900)) { _ in } == nil)
        #expect(error(at: Self.date.adding(seconds: -901)) { _ in } == .notYetValid)
    }

    @Test("an unknown key is refused before the signature is looked at")
    func unknownKey() {
        let error = error {
            $0["x-amz-credential"] = "NOBODY/20151229/us-east-1/s3/aws4_request"
            $0["x-amz-signature"] = "x"
        }
        #expect(error == .unknownKey("NOBODY"))
    }

    @Test("a temporary key needs its token and dies at its end")
    func temporaryKeys() {
        let lasting = PublishedVector.credentials
        let temporary = Credentials(
            accessKeyID: lasting.accessKeyID,
            secretAccessKey: lasting.secretAccessKey,
            sessionToken: "token",
            expiresAt: Self.date
        )
        #expect(error(credentials: temporary) { $0["x-amz-security-token"] = "token" } == nil)
        #expect(error(credentials: temporary) { _ in } == .unknownKey(lasting.accessKeyID))
        #expect(error(credentials: temporary) { $0["x-amz-security-token"] = "other" } == .wrongToken)
        #expect(error { $0["x-amz-security-token"] = "token" } == .wrongToken)
        let later = Self.date.adding(seconds: 1)
        #expect(error(at: later, credentials: temporary) { $0["x-amz-security-token"] = "token" } == .expiredToken)
    }
}
