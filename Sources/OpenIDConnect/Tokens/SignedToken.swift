#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// A signed token in its compact form, taken apart and not yet believed (RFC 7515, section 3.1; RFC 7519).
struct SignedToken {
    /// The most bytes of a token: those with many groups have a few thousand.
    static let maximumByteCount = 16 << 10

    let header: TokenHeader
    let claims: TokenClaims
    /// What is signed: header and claims as they came.
    let signedBytes: Data
    let signature: Data

    /// Takes a token apart.
    ///
    /// - Parameter text: The token.
    /// - Throws: `malformed`, for everything that is not exactly such a token.
    init(_ text: String) throws(OpenIDError) {
        guard text.utf8.count <= Self.maximumByteCount else { throw .malformed }
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, let header = Base64URL.decode(parts[0]), let claims = Base64URL.decode(parts[1]),
            let signature = Base64URL.decode(parts[2])
        else { throw .malformed }
        do {
            self.header = try JSONDecoder().decode(TokenHeader.self, from: header)
            self.claims = try JSONDecoder().decode(TokenClaims.self, from: claims)
        } catch {
            throw .malformed
        }
        // Extensions that must be understood (RFC 7515, section 4.1.11) are not understood here.
        guard self.header.critical == nil else { throw .malformed }
        signedBytes = Data("\(parts[0]).\(parts[1])".utf8)
        self.signature = signature
    }
}

/// How a token is signed (RFC 7515, section 4.1).
struct TokenHeader: Decodable {
    let algorithm: String
    let keyID: String?
    let critical: [String]?

    private enum CodingKeys: String, CodingKey {
        case algorithm = "alg"
        case keyID = "kid"
        case critical = "crit"
    }
}

/// What a token says (RFC 7519, section 4.1; OpenID Connect Core 1.0, section 2; Amazon Cognito's `token_use`).
struct TokenClaims: Decodable {
    let issuer: String
    let subject: String
    let audiences: Set<String>
    let authorizedParty: String?
    let clientID: String?
    let use: String?
    /// Seconds since 1970; may have a fraction.
    let expiresAt: Double
    let notBefore: Double?

    private enum CodingKeys: String, CodingKey {
        case issuer = "iss"
        case subject = "sub"
        case audiences = "aud"
        case authorizedParty = "azp"
        case clientID = "client_id"
        case use = "token_use"
        case expiresAt = "exp"
        case notBefore = "nbf"
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        issuer = try container.decode(String.self, forKey: .issuer)
        subject = try container.decode(String.self, forKey: .subject)
        if let one = try? container.decode(String.self, forKey: .audiences) {
            audiences = [one]
        } else {
            audiences = Set(try container.decodeIfPresent([String].self, forKey: .audiences) ?? [])
        }
        authorizedParty = try container.decodeIfPresent(String.self, forKey: .authorizedParty)
        clientID = try container.decodeIfPresent(String.self, forKey: .clientID)
        use = try container.decodeIfPresent(String.self, forKey: .use)
        expiresAt = try container.decode(Double.self, forKey: .expiresAt)
        notBefore = try container.decodeIfPresent(Double.self, forKey: .notBefore)
        guard !subject.isEmpty, subject.utf8.count <= 1024 else {
            throw DecodingError.dataCorruptedError(forKey: .subject, in: container, debugDescription: "no subject")
        }
    }
}
