import HTTPTypes
import Testing

@testable import SigV4

@Suite("Temporary keys")
struct SessionTokenTests {
    @Test("a token is part of both forms", arguments: [VerifiedRequest.Form.header, .query])
    func accepted(_ form: VerifiedRequest.Form) throws {
        #expect(error(form, signing: "token", expecting: "token") == nil)
    }

    @Test("a temporary key without its token is unknown", arguments: [VerifiedRequest.Form.header, .query])
    func missing(_ form: VerifiedRequest.Form) {
        #expect(error(form, signing: nil, expecting: "token") == .unknownKey("AK"))
    }

    @Test("another token, or one with a lasting key", arguments: [VerifiedRequest.Form.header, .query])
    func wrong(_ form: VerifiedRequest.Form) {
        #expect(error(form, signing: "other", expecting: "token") == .wrongToken)
        #expect(error(form, signing: "other", expecting: nil) == .wrongToken)
    }

    @Test("a temporary key dies at its end", arguments: [VerifiedRequest.Form.header, .query])
    func expired(_ form: VerifiedRequest.Form) {
        let end = SigningDate.example
        #expect(error(form, signing: "token", expecting: "token", until: end) == nil)
        let earlier = end.adding(seconds: -1)
        #expect(error(form, signing: "token", expecting: "token", until: earlier) == .expiredToken)
    }

    @Test("a token that is changed or taken out of a presigned URL")
    func tampered() throws {
        let vector = try #require(PresignVector.file.cases.first { $0.sessionToken != nil })
        var request = vector.request
        request.target = request.target.split(separator: "&").filter { !$0.hasPrefix("X-Amz-Security-Token") }
            .joined(separator: "&")
        #expect(RefusedRequest.error(of: request, by: vector.verifier)?.code == .invalidAccessKeyID)
        request.target += "&X-Amz-Security-Token=x"
        #expect(RefusedRequest.error(of: request, by: vector.verifier)?.code == .invalidToken)
    }

    private func error(
        _ form: VerifiedRequest.Form,
        signing token: String?,
        expecting expected: String?,
        until end: SigningDate? = nil
    ) -> SigV4Error? {
        let signer = Signer(
            credentials: Credentials(accessKeyID: "AK", secretAccessKey: Secret("s"), sessionToken: token),
            region: "us-east-1"
        )
        let verifier = Verifier(region: "us-east-1") { id in
            Credentials(accessKeyID: id, secretAccessKey: Secret("s"), sessionToken: expected, expiresAt: end)
        }
        var request = SignableRequest(method: .get, host: "h", target: "/b/k")
        switch form {
        case .header: request = signer.sign(request, payload: .unsigned, at: .example)
        case .query: request.target = signer.presign(request, at: .example, expiresInSeconds: 60)
        }
        return RefusedRequest.error(of: request, by: verifier)
    }
}
