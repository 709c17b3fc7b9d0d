/// Whose tokens are taken, and for whom they must have been made.
package struct OpenIDConfiguration: Hashable, Sendable {
    /// Who vouches for people: exactly as tokens say it (`iss`).
    package let issuer: String
    /// Where its discovery document is; by default below the issuer (OpenID Connect Discovery 1.0, section 4).
    package let discoveryURL: String
    /// What the page is called there.
    package let clientID: String
    /// For whom tokens may have been made (`aud`, or `client_id` of a Cognito access token).
    package let audiences: Set<String>
    /// Seconds that the provider's clock and ours may be apart.
    package let leewaySeconds: Int64

    /// - Parameters:
    ///   - issuer: Who vouches for people.
    ///   - discoveryURL: Where its document is; `nil` for below the issuer.
    ///   - clientID: What the page is called there.
    ///   - audiences: For whom tokens may have been made; empty means the client.
    ///   - leewaySeconds: How far clocks may be apart.
    package init(
        issuer: String,
        discoveryURL: String? = nil,
        clientID: String,
        audiences: Set<String> = [],
        leewaySeconds: Int64 = 60
    ) {
        self.issuer = issuer
        let base = issuer.hasSuffix("/") ? String(issuer.dropLast()) : issuer
        self.discoveryURL = discoveryURL ?? "\(base)/.well-known/openid-configuration"
        self.clientID = clientID
        self.audiences = audiences.isEmpty ? [clientID] : audiences
        self.leewaySeconds = leewaySeconds
    }
}
