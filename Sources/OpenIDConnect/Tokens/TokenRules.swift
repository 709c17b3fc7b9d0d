/// What a token must say to be believed, once its signature holds.
struct TokenRules {
    let configuration: OpenIDConfiguration
    /// Seconds since 1970.
    let now: Double

    /// Checks issuer, audience and times (OpenID Connect Core 1.0, section 3.1.3.7).
    ///
    /// - Parameter claims: What the token says.
    /// - Throws: `issuer`, `audience`, `expired`, `notYet`.
    func check(_ claims: TokenClaims) throws(OpenIDError) {
        let leeway = Double(configuration.leewaySeconds)
        guard claims.issuer == configuration.issuer else { throw .issuer }
        guard isForUs(claims) else { throw .audience }
        guard now < claims.expiresAt + leeway else { throw .expired }
        if let start = claims.notBefore, now < start - leeway { throw .notYet }
    }

    /// An ID token names its client in `aud`, and, when there are others, in `azp`; an access token of Cognito names it
    /// in `client_id` and has no `aud`.
    private func isForUs(_ claims: TokenClaims) -> Bool {
        if claims.audiences.isEmpty {
            return claims.use == "access" && claims.clientID.map(configuration.audiences.contains) == true
        }
        guard !claims.audiences.isDisjoint(with: configuration.audiences) else { return false }
        guard claims.audiences.count > 1 || claims.authorizedParty != nil else { return true }
        return claims.authorizedParty.map { configuration.audiences.contains($0) || $0 == configuration.clientID }
            ?? true
    }
}
