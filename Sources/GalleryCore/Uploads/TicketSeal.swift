import Crypto

#if canImport(FoundationEssentials)
    package import FoundationEssentials
#else
    package import Foundation
#endif

/// Seals claims with HMAC-SHA256 (RFC 2104) into `base64url(claims).base64url(tag)`, and opens them again; makes the
/// tokens that allow to remove a picture.
///
/// The keys are derived from one secret (HKDF, RFC 5869), one for each kind, so that no token passes for another kind.
package struct TicketSeal: Sendable {
    private let secret: SymmetricKey

    /// - Parameter secret: At least 16 random bytes; it may serve elsewhere too.
    package init(secret: some ContiguousBytes) {
        self.secret = SymmetricKey(data: secret)
    }

    // Derived at each use, in microseconds: a function that starts has no use for them yet.
    private var key: SymmetricKey { derive("imgn ticket token v2") }
    private var removalKey: SymmetricKey { derive("imgn delete token v1") }

    private func derive(_ purpose: String) -> SymmetricKey {
        HKDF<SHA256>.deriveKey(inputKeyMaterial: secret, info: Data(purpose.utf8), outputByteCount: 32)
    }

    /// The token that carries these claims, for the same claims always the same.
    ///
    /// - Throws: `storageUnavailable`, which cannot happen: claims can always be written as JSON.
    package func seal(_ claims: TicketClaims) throws(GalleryError) -> String {
        let payload: Data
        do {
            let encoder = JSONEncoder()
            encoder.outputFormatting = .sortedKeys
            payload = try encoder.encode(claims)
        } catch {
            throw .storageUnavailable(operation: "seal ticket", underlying: error)
        }
        let tag = HMAC<SHA256>.authenticationCode(for: payload, using: key)
        return Self.base64url(payload) + "." + Self.base64url(Data(tag))
    }

    /// The claims of a token we sealed.
    ///
    /// - Throws: `invalidToken`, `expiredToken`.
    package func open(_ token: String, at now: Date) throws(GalleryError) -> TicketClaims {
        let parts = token.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2, let payload = Self.data(base64url: parts[0]), let tag = Self.data(base64url: parts[1]),
            HMAC<SHA256>.isValidAuthenticationCode(tag, authenticating: payload, using: key),
            let claims = try? JSONDecoder().decode(TicketClaims.self, from: payload)
        else { throw .invalidToken }
        guard claims.expiresAt > now else { throw .expiredToken }
        return claims
    }

    /// The token that allows to remove this one picture, for ever the same.
    package func removalToken(for id: ImageID) -> String {
        Self.base64url(Data(HMAC<SHA256>.authenticationCode(for: Data(id.rawValue.utf8), using: removalKey)))
    }

    /// Whether a token is the one that allows to remove this picture; takes the same time for every wrong one.
    package func isRemovalToken(_ token: String, for id: ImageID) -> Bool {
        guard let tag = Self.data(base64url: token) else { return false }
        return HMAC<SHA256>.isValidAuthenticationCode(tag, authenticating: Data(id.rawValue.utf8), using: removalKey)
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
