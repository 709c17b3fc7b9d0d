#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The SHA-256 of an upload's bytes: what a ticket binds and what makes two uploads the same picture.
package struct ContentDigest: Hashable, Sendable {
    /// The 32 bytes.
    package let bytes: [UInt8]

    /// Takes exactly 32 bytes.
    package init?(bytes: some Sequence<UInt8>) {
        let bytes = Array(bytes)
        guard bytes.count == 32 else { return nil }
        self.bytes = bytes
    }

    /// Takes standard base64 with padding, as in `x-amz-checksum-sha256`.
    package init?(base64: String) {
        guard let data = Data(base64Encoded: base64), data.base64EncodedString() == base64 else { return nil }
        self.init(bytes: data)
    }

    /// The digest as `x-amz-checksum-sha256` wants it.
    package var base64: String { Data(bytes).base64EncodedString() }
}
