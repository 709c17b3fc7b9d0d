#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The SHA-256 that a store keeps with an object.
package enum ObjectChecksum: Hashable, Sendable {
    /// Of all its bytes; 32 bytes.
    case whole([UInt8])
    /// Of its parts' checksums one after another; 32 bytes, and how many parts there were.
    case composite([UInt8], partCount: Int)

    /// Reads `x-amz-checksum-sha256`: base64 of 32 bytes, and for a composite one `-` and the number of parts.
    package init?(_ text: String) {
        let pieces = text.split(separator: "-", omittingEmptySubsequences: false)
        guard pieces.count <= 2, let bytes = Self.bytes(base64: String(pieces[0])) else { return nil }
        guard pieces.count == 2 else {
            self = .whole(bytes)
            return
        }
        guard let count = Int(pieces[1]), (1...10_000).contains(count) else { return nil }
        self = .composite(bytes, partCount: count)
    }

    /// The 32 bytes.
    package var bytes: [UInt8] {
        switch self {
        case .whole(let bytes), .composite(let bytes, _): bytes
        }
    }

    /// The digest of all bytes; `nil` for a composite one.
    package var whole: [UInt8]? {
        if case .whole(let bytes) = self { bytes } else { nil }
    }

    /// 32 bytes as headers spell them.
    static func base64(_ digest: [UInt8]) -> String {
        Data(digest).base64EncodedString()
    }

    private static func bytes(base64 text: String) -> [UInt8]? {
        guard let data = Data(base64Encoded: text), data.count == 32 else { return nil }
        return Array(data)
    }
}
