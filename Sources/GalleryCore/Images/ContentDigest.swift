package import Crypto

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// What makes two uploads the same picture: a SHA-256 that a store can vouch for.
///
/// Up to ``maximumSingleByteCount`` it is the SHA-256 of the bytes. Above, files travel in parts of
/// ``PartPlan/partByteCount``, and it is the SHA-256 of the parts' SHA-256s: what S3 calls a composite checksum,
/// without the `-N` behind it.
package struct ContentDigest: Hashable, Sendable {
    /// The most bytes of a file whose digest is that of its bytes.
    package static let maximumSingleByteCount: Int64 = 16 << 20

    /// The 32 bytes.
    package let bytes: [UInt8]

    /// Takes exactly 32 bytes.
    package init?(bytes: some Sequence<UInt8>) {
        let bytes = Array(bytes)
        guard bytes.count == 32 else { return nil }
        self.bytes = bytes
    }

    /// Takes a finished hash.
    package init(_ digest: SHA256.Digest) {
        bytes = Array(digest)
    }

    /// Takes standard base64 with padding, as in `x-amz-checksum-sha256`.
    package init?(base64: String) {
        guard let data = Data(base64Encoded: base64), data.base64EncodedString() == base64 else { return nil }
        self.init(bytes: data)
    }

    /// The digest as `x-amz-checksum-sha256` wants it.
    package var base64: String { Data(bytes).base64EncodedString() }
}
