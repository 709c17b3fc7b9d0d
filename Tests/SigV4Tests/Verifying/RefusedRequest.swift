import HTTPTypes

@testable import SigV4

/// A small signed request to spoil, and the error that comes of it.
enum RefusedRequest {
    static let signer = Signer(
        credentials: Credentials(accessKeyID: "AK", secretAccessKey: Secret("secret")),
        region: "us-east-1"
    )

    static let verifier = Verifier(region: "us-east-1") { $0 == "AK" ? signer.credentials : nil }

    static let signed = signer.sign(
        SignableRequest(method: .put, host: "h:1", target: "/b/k?x-id=PutObject"),
        payload: .unsigned,
        at: .example
    )

    /// The error a verifier gives, `nil` when it accepts or takes the request for anonymous.
    static func error(
        of request: SignableRequest,
        at now: SigningDate = .example,
        by verifier: Verifier = verifier
    ) -> SigV4Error? {
        do throws(SigV4Error) {
            _ = try verifier.verify(request, at: now)
            return nil
        } catch {
            return error
        }
    }

    /// The error after a change.
    static func error(after change: (inout SignableRequest) -> Void) -> SigV4Error? {
        var request = signed
        change(&request)
        return error(of: request)
    }
}
