/// Where people sign in, as the page needs to know it (OpenID Connect Discovery 1.0, section 3).
package struct SignInDirections: Encodable, Hashable, Sendable {
    /// Who vouches for people.
    package let issuer: String
    /// What the page is called there.
    package let clientId: String
    /// What it asks for, with spaces between.
    package let scopes: String
    /// Where the browser goes.
    package let authorizationEndpoint: String
    /// Where the page asks for tokens.
    package let tokenEndpoint: String
    /// Where the browser goes to sign out; `nil` when there is no such place.
    package let endSessionEndpoint: String?

    /// - Parameters:
    ///   - issuer: Who vouches for people.
    ///   - client: What the page is called there, and what it asks for.
    ///   - endpoints: Where to go for what.
    package init(
        issuer: String,
        client: (id: String, scopes: String),
        endpoints: (authorization: String, token: String, endSession: String?)
    ) {
        self.issuer = issuer
        clientId = client.id
        scopes = client.scopes
        authorizationEndpoint = endpoints.authorization
        tokenEndpoint = endpoints.token
        endSessionEndpoint = endpoints.endSession
    }

    /// Scheme and authority of the place that gives tokens, for the page's content policy.
    var tokenOrigin: String? {
        let parts = tokenEndpoint.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count >= 3, ["http:", "https:"].contains(parts[0]), parts[1].isEmpty,
            parts[2].utf8.allSatisfy(Self.isAuthorityByte)
        else { return nil }
        return "\(parts[0])//\(parts[2])"
    }

    private static func isAuthorityByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: ".-:[]".utf8.contains(byte)
        }
    }
}

/// Knows where people sign in.
package protocol SignInGuide: Sendable {
    /// Where to go; asks the provider once, and remembers.
    ///
    /// - Throws: `identityUnavailable` when the provider cannot be asked.
    func directions() async throws -> SignInDirections
}
