import Crypto

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// What a store shows to be believed, or signs its messages with.
package struct HookSecret: Sendable, CustomStringConvertible {
    private let key: SymmetricKey
    private let digest: SHA256.Digest

    /// The fewest characters a secret may have.
    package static let minimumLength = 16

    /// Takes the secret; `nil` when it is too short to be one.
    package init?(_ secret: String) {
        guard secret.utf8.count >= Self.minimumLength else { return nil }
        key = SymmetricKey(data: Array(secret.utf8))
        digest = SHA256.hash(data: Array(secret.utf8))
    }

    /// Nothing of the secret.
    package var description: String { "<redacted>" }

    /// Whether this is the secret; takes the same time for every wrong one of the same length.
    func matches(_ text: String) -> Bool {
        SHA256.hash(data: Array(text.utf8)) == digest
    }

    /// Whether somebody who knows the secret signed these bytes (HMAC-SHA256, RFC 2104), in the same time either way.
    func signed(_ body: some DataProtocol, as signature: [UInt8]) -> Bool {
        HMAC<SHA256>.isValidAuthenticationCode(signature, authenticating: body, using: key)
    }
}
