/// What a request says about its own signature, well-formed but not yet believed.
struct SignatureClaim {
    /// Whether it stood in the header or in the query.
    let form: VerifiedRequest.Form
    /// Whose key, and for what scope.
    let credential: ClaimedCredential
    /// When it was signed.
    let date: SigningDate
    /// How long it is valid; in the query form only.
    let expiresInSeconds: Int?
    /// The names of the signed headers, joined by `;`, as they were sent.
    let signedHeaders: String
    /// The signature as it was sent.
    let signature: String
    /// The session token as it was sent.
    let sessionToken: String?

    /// The one algorithm.
    static let algorithm = "AWS4-HMAC-SHA256"

    /// The most headers a signature may name: bounds the work that one request can cause.
    static let maximumSignedHeaders = 256

    /// What to expect where a credential should be.
    static let malformedCredential =
        "the Credential is mal-formed; expecting \"<YOUR-AKID>/YYYYMMDD/REGION/SERVICE/aws4_request\"."

    /// Says that the scope's day is not the day of the signature.
    static func wrongDay(of credential: ClaimedCredential, date: SigningDate) -> String {
        "Invalid credential date \"\(credential.scope.day)\". "
            + "This date is not the same as X-Amz-Date: \"\(date.day)\"."
    }
}

/// What a verifier expects of a credential.
struct ExpectedScope {
    let region: String
    let service: String

    /// Says what is wrong with a credential's terminal, service or region, `nil` when nothing is.
    func objection(to credential: ClaimedCredential) -> String? {
        if credential.terminal != CredentialScope.terminal {
            return "incorrect terminal \"\(credential.terminal)\". This endpoint uses \"\(CredentialScope.terminal)\"."
        }
        if credential.scope.service != service {
            return "incorrect service \"\(credential.scope.service)\". This endpoint belongs to \"\(service)\"."
        }
        if credential.scope.region != region {
            return "the region '\(credential.scope.region)' is wrong; expecting '\(region)'"
        }
        return nil
    }
}
