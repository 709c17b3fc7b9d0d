/// The name of a bucket: 3 to 63 characters `a`–`z`, `0`–`9`, `-` and `.`, by S3's naming rules.
///
/// It begins and ends with a letter or digit, has no two dots in a row, is not written like an IPv4 address and
/// has none of the prefixes and suffixes that S3 keeps for itself. Such a name is also a safe name of a folder.
/// Source: AWS, "General purpose bucket naming rules".
package struct BucketName: RawRepresentable, LosslessStringConvertible, Hashable, Sendable, Comparable {
    private static let reservedPrefixes = ["xn--", "sthree-", "amzn-s3-demo-"]
    private static let reservedSuffixes = ["-s3alias", "--ol-s3", ".mrap", "--x-s3", "--table-s3"]

    /// The name itself.
    package let rawValue: String

    /// The name itself.
    package var description: String { rawValue }

    /// Takes a name that keeps the rules; `nil` for any other text.
    package init?(rawValue: String) {
        let bytes = Array(rawValue.utf8)
        guard (3...63).contains(bytes.count), bytes.allSatisfy(Self.isAllowed) else { return nil }
        guard let first = bytes.first, let last = bytes.last else { return nil }
        guard Self.isAlphanumeric(first), Self.isAlphanumeric(last) else { return nil }
        let labels = bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard labels.allSatisfy({ !$0.isEmpty }) else { return nil }
        let looksLikeAddress = labels.count == 4 && labels.allSatisfy { $0.allSatisfy(Self.isDigit) }
        guard !looksLikeAddress else { return nil }
        guard !Self.reservedPrefixes.contains(where: rawValue.hasPrefix) else { return nil }
        guard !Self.reservedSuffixes.contains(where: rawValue.hasSuffix) else { return nil }
        self.rawValue = rawValue
    }

    /// Takes a name that keeps the rules; `nil` for any other text.
    package init?(_ description: String) {
        self.init(rawValue: description)
    }

    /// Alphabetical order, the order in which S3 lists buckets.
    package static func < (left: BucketName, right: BucketName) -> Bool {
        left.rawValue.utf8.lexicographicallyPrecedes(right.rawValue.utf8)
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }

    private static func isAlphanumeric(_ byte: UInt8) -> Bool {
        isDigit(byte) || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
    }

    private static func isAllowed(_ byte: UInt8) -> Bool {
        isAlphanumeric(byte) || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".")
    }
}
