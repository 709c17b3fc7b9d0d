/// The name of one multipart upload: 44 hexadecimal digits, safe in a URL and as the name of a folder.
///
/// The first 12 say when the upload was started, in milliseconds since 1970, so that ids sort by their start and an
/// upload's age is known without a look at the disk; the other 32 are 128 random bits, so that nobody guesses one.
package struct MultipartUploadID: RawRepresentable, LosslessStringConvertible, Hashable, Sendable, Comparable {
    private static let timeDigitCount = 12
    private static let digitCount = 44

    /// The digits.
    package let rawValue: String

    /// The digits.
    package var description: String { rawValue }

    /// Takes 44 lower-case hexadecimal digits; `nil` for any other text.
    package init?(rawValue: String) {
        let digits = rawValue.utf8
        guard digits.count == Self.digitCount, digits.allSatisfy(Self.isDigit) else { return nil }
        self.rawValue = rawValue
    }

    /// Takes 44 lower-case hexadecimal digits; `nil` for any other text.
    package init?(_ description: String) {
        self.init(rawValue: description)
    }

    /// Makes an id that nobody else has.
    ///
    /// - Parameter startedAt: When the upload starts, in milliseconds since 1970.
    init(startedAt: Int64) {
        let time = UInt64(clamping: startedAt)
        let bytes = stride(from: 40, through: 0, by: -8).map { UInt8(truncatingIfNeeded: time >> UInt64($0)) }
        rawValue = hexadecimal(bytes) + TemporaryFile.randomName()
    }

    /// When the upload was started, in milliseconds since 1970.
    package var startedAt: Int64 { Int64(rawValue.prefix(Self.timeDigitCount), radix: 16) ?? 0 }

    /// The order of the starts.
    package static func < (left: MultipartUploadID, right: MultipartUploadID) -> Bool {
        left.rawValue.utf8.lexicographicallyPrecedes(right.rawValue.utf8)
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte)
    }
}
