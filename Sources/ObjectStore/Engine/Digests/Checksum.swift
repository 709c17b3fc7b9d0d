import SigV4

/// A digest together with its algorithm.
package struct Checksum: Sendable, Hashable {
    /// How the digest was made.
    package let algorithm: ChecksumAlgorithm
    /// The digest, big-endian for the CRCs; always as long as the algorithm says.
    package let bytes: [UInt8]

    /// Takes a digest of the right length; `nil` for any other.
    package init?(algorithm: ChecksumAlgorithm, bytes: [UInt8]) {
        guard bytes.count == algorithm.digestByteCount else { return nil }
        self.algorithm = algorithm
        self.bytes = bytes
    }

    /// Takes the value of a checksum header: padded standard base64 of the right length; `nil` for anything else.
    package init?(algorithm: ChecksumAlgorithm, base64: String) {
        guard let bytes = Base64.decode(base64) else { return nil }
        self.init(algorithm: algorithm, bytes: bytes)
    }

    /// The digest as in a checksum header.
    package var base64: String { Base64.encode(bytes) }
}
