/// The percent coding of SigV4: RFC 3986 strict, upper-case digits, everything but `A-Z a-z 0-9 - . _ ~` encoded.
///
/// Foundation's URL character sets leave more bytes alone, which makes signatures that S3 refuses.
public enum URICoding {
    /// Percent-encodes the UTF-8 bytes of a text.
    ///
    /// - Parameters:
    ///   - text: The text to encode, for example an object key.
    ///   - keepingSlash: Whether `/` stays as it is (paths) or becomes `%2F` (query names and values).
    /// - Returns: The encoded text, ASCII only.
    public static func encode(_ text: String, keepingSlash: Bool = false) -> String {
        encode(bytes: text.utf8, keepingSlash: keepingSlash)
    }

    /// Percent-encodes bytes that need not be UTF-8.
    ///
    /// - Parameters:
    ///   - bytes: The bytes to encode.
    ///   - keepingSlash: Whether `/` stays as it is.
    /// - Returns: The encoded text, ASCII only.
    public static func encode(bytes: some Collection<UInt8>, keepingSlash: Bool = false) -> String {
        var buffer: [UInt8] = []
        buffer.reserveCapacity(bytes.count + 16)
        append(bytes, to: &buffer, keepingSlash: keepingSlash)
        return String(decoding: buffer, as: UTF8.self)
    }

    /// Undoes percent coding; `+` stays a plus sign.
    ///
    /// - Parameter text: The encoded text.
    /// - Returns: The bytes, or `nil` when a `%` is not followed by two hexadecimal digits.
    public static func decode(_ text: some StringProtocol) -> [UInt8]? {
        let decoded = decode(bytes: ArraySlice(text.utf8), plusIsSpace: false)
        return decoded.isWellFormed ? decoded.bytes : nil
    }

    /// Undoes percent coding of UTF-8 text; `+` stays a plus sign.
    ///
    /// - Parameter text: The encoded text.
    /// - Returns: The text, or `nil` for a bad escape or for bytes that are not UTF-8.
    public static func decodeString(_ text: some StringProtocol) -> String? {
        decode(text).flatMap { String(validating: $0, as: UTF8.self) }
    }

    /// Appends bytes, encoded where need be.
    static func append(_ bytes: some Sequence<UInt8>, to buffer: inout [UInt8], keepingSlash: Bool = false) {
        for byte in bytes {
            append(byte, to: &buffer, keepingSlash: keepingSlash)
        }
    }
}

// MARK: Canonical form

extension URICoding {
    /// Which part of a target is being recoded.
    enum Part {
        /// `/` separates and stays; `+` is a plus sign.
        case path
        /// `/` is encoded; `+` is a blank, as S3 reads it.
        case query
    }

    /// Decodes and encodes again: the canonical form of a raw path or query part.
    ///
    /// - Returns: Whether every `%` was followed by two hexadecimal digits; one that was not is written as `%25`.
    static func recode(_ raw: ArraySlice<UInt8>, as part: Part, to buffer: inout [UInt8]) -> Bool {
        let keepingSlash = part == .path
        var isWellFormed = true
        var index = raw.startIndex
        while index < raw.endIndex {
            let start = index
            while index < raw.endIndex, stays(raw[index], keepingSlash: keepingSlash) {
                index += 1
            }
            buffer.append(contentsOf: raw[start..<index])
            guard index < raw.endIndex else { break }
            let (byte, length) = decoded(at: index, of: raw, plusIsSpace: part == .query)
            if length == 1, byte == UInt8(ascii: "%") { isWellFormed = false }
            append(byte, to: &buffer, keepingSlash: keepingSlash)
            index += length
        }
        return isWellFormed
    }

    /// Undoes percent coding; a `%` that starts no escape stays, and `isWellFormed` is false.
    static func decode(bytes raw: ArraySlice<UInt8>, plusIsSpace: Bool) -> (bytes: [UInt8], isWellFormed: Bool) {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(raw.count)
        var isWellFormed = true
        var index = raw.startIndex
        while index < raw.endIndex {
            let (byte, length) = decoded(at: index, of: raw, plusIsSpace: plusIsSpace)
            if length == 1, byte == UInt8(ascii: "%") { isWellFormed = false }
            bytes.append(byte)
            index += length
        }
        return (bytes, isWellFormed)
    }

    /// The byte meant at an index, and how many bytes spell it: 3 for an escape, else 1.
    private static func decoded(
        at index: Int,
        of raw: ArraySlice<UInt8>,
        plusIsSpace: Bool
    ) -> (byte: UInt8, length: Int) {
        switch raw[index] {
        case UInt8(ascii: "%"):
            guard raw.endIndex - index > 2, let high = Hex.value(ofDigit: raw[index + 1]),
                let low = Hex.value(ofDigit: raw[index + 2])
            else { return (UInt8(ascii: "%"), 1) }
            return (high << 4 | low, 3)
        case UInt8(ascii: "+") where plusIsSpace:
            return (UInt8(ascii: " "), 1)
        case let byte:
            return (byte, 1)
        }
    }

    private static func append(_ byte: UInt8, to buffer: inout [UInt8], keepingSlash: Bool) {
        if stays(byte, keepingSlash: keepingSlash) {
            buffer.append(byte)
        } else {
            buffer.append(UInt8(ascii: "%"))
            buffer.append(Hex.upperDigit(byte >> 4))
            buffer.append(Hex.upperDigit(byte & 0x0F))
        }
    }

    private static func stays(_ byte: UInt8, keepingSlash: Bool) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
            UInt8(ascii: "~"):
            true
        case UInt8(ascii: "/"):
            keepingSlash
        default:
            false
        }
    }
}
