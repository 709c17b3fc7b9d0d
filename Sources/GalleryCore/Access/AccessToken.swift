import Crypto

/// A secret that is shown to be let in: by whoever runs the gallery, or by those who may upload to it.
///
/// Only its digest is kept in memory.
package struct AccessToken: Sendable {
    private let digest: SHA256.Digest

    /// The fewest characters a token may have.
    package static let minimumLength = 16

    /// Takes the token; `nil` when it is too short to be a secret.
    package init?(_ token: String) {
        guard token.utf8.count >= Self.minimumLength else { return nil }
        digest = SHA256.hash(data: Array(token.utf8))
    }

    /// Whether this is the token; takes the same time for every wrong one of the same length.
    package func matches(_ token: String) -> Bool {
        SHA256.hash(data: Array(token.utf8)) == digest
    }
}
