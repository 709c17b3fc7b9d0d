import Crypto

#if canImport(FoundationEssentials)
    package import FoundationEssentials
#else
    package import Foundation
#endif

/// What a ticket allows, sealed so that the API keeps no state for an upload that may never come.
package struct TicketClaims: Codable, Equatable, Sendable {
    package let id: String
    package let name: String
    package let mediaType: String
    package let byteCount: Int64
    package let digest: String
    package let expiresAt: Date
}

/// Seals claims with HMAC-SHA256 (RFC 2104) into `base64url(claims).base64url(tag)`, and opens them again.
package struct TicketSeal: Sendable {
    private let key: SymmetricKey

    /// - Parameter secret: At least 16 random bytes; the sealing key is derived from it (HKDF, RFC 5869), so it may
    ///   serve elsewhere too.
    package init(secret: some ContiguousBytes) {
        key = HKDF<SHA256>.deriveKey(
            inputKeyMaterial: SymmetricKey(data: secret),
            info: Data("imgn ticket token v1".utf8),
            outputByteCount: 32
        )
    }

    package func seal(_ claims: TicketClaims) throws -> String {
        let payload = try JSONEncoder().encode(claims)
        let tag = HMAC<SHA256>.authenticationCode(for: payload, using: key)
        return Self.base64url(payload) + "." + Self.base64url(Data(tag))
    }

    /// The claims of a token we sealed and that has not expired; `nil` for everything else.
    package func open(_ token: String, at now: Date) -> TicketClaims? {
        let parts = token.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2, let payload = Self.data(base64url: parts[0]), let tag = Self.data(base64url: parts[1]),
            HMAC<SHA256>.isValidAuthenticationCode(tag, authenticating: payload, using: key),
            let claims = try? JSONDecoder().decode(TicketClaims.self, from: payload), claims.expiresAt > now
        else { return nil }
        return claims
    }

    private static func base64url(_ data: Data) -> String {
        String(
            data.base64EncodedString().compactMap { character in
                switch character {
                case "+": "-"
                case "/": "_"
                case "=": nil
                default: character
                }
            }
        )
    }

    private static func data(base64url text: String) -> Data? {
        let padding = String(repeating: "=", count: (4 - text.utf8.count % 4) % 4)
        return Data(base64Encoded: String(text.map { $0 == "-" ? "+" : $0 == "_" ? "/" : $0 }) + padding)
    }
}
