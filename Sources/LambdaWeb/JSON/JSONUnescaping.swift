import NIOCore

/// Takes the escapes out of a JSON string (RFC 8259 §7).
enum JSONUnescaping {
    private static let backslash = UInt8(ascii: "\\")

    /// The bytes without escapes; never more than came.
    ///
    /// Half of a surrogate pair becomes U+FFFD.
    static func bytes(of raw: ByteBuffer) throws(JSONError) -> ByteBuffer {
        var rest = raw
        var bytes = ByteBuffer()
        bytes.reserveCapacity(raw.readableBytes)
        while let length = rest.offset(of: backslash) {
            if var run = rest.readSlice(length: length) { bytes.writeBuffer(&run) }
            let offset = raw.readableBytes - rest.readableBytes
            rest.moveReaderIndex(forwardBy: 1)
            guard let escape = rest.readInteger(as: UInt8.self) else { throw .brokenEscape(offset: offset) }
            if escape == UInt8(ascii: "u") {
                guard let scalar = readScalar(&rest) else { throw .brokenEscape(offset: offset) }
                bytes.writeString(String(Character(scalar)))
            } else if let byte = plain(escape) {
                bytes.writeInteger(byte)
            } else {
                throw .brokenEscape(offset: offset)
            }
        }
        bytes.writeBuffer(&rest)
        return bytes
    }

    private static func plain(_ escape: UInt8) -> UInt8? {
        switch escape {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): escape
        case UInt8(ascii: "b"): 8
        case UInt8(ascii: "t"): 9
        case UInt8(ascii: "n"): 10
        case UInt8(ascii: "f"): 12
        case UInt8(ascii: "r"): 13
        default: nil
        }
    }

    /// What stands behind `\u`: four digits, or eight with another `\u` between for a pair.
    private static func readScalar(_ rest: inout ByteBuffer) -> Unicode.Scalar? {
        guard let first = readUnit(&rest) else { return nil }
        guard UTF16.isLeadSurrogate(first) else { return Unicode.Scalar(first) ?? "\u{FFFD}" }
        var ahead = rest
        guard ahead.readInteger(as: UInt16.self) == 0x5C75, let second = readUnit(&ahead),
            UTF16.isTrailSurrogate(second)
        else { return "\u{FFFD}" }
        rest = ahead
        return UTF16.decode(UTF16.EncodedScalar([first, second]))
    }

    private static func readUnit(_ rest: inout ByteBuffer) -> UInt16? {
        guard let digits = rest.readBytes(length: 4) else { return nil }
        var unit: UInt16 = 0
        for digit in digits {
            guard let value = Character(UnicodeScalar(digit)).hexDigitValue else { return nil }
            unit = unit << 4 | UInt16(value)
        }
        return unit
    }
}
