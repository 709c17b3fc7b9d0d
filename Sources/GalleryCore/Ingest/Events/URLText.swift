/// Text as URLs and forms carry it, with bytes written `%41`.
package enum URLText {
    /// The text of a path segment (RFC 3986 §2.1); `nil` when an escape is broken or the bytes are no UTF-8.
    package static func decode(segment: some StringProtocol) -> String? {
        decode(segment, space: nil)
    }

    /// The text of a form's field, where a space is `+` (URL standard, `application/x-www-form-urlencoded`); `nil` when
    /// an escape is broken or the bytes are no UTF-8.
    package static func decode(formField: some StringProtocol) -> String? {
        decode(formField, space: UInt8(ascii: "+"))
    }

    private static func decode(_ text: some StringProtocol, space: UInt8?) -> String? {
        var bytes: [UInt8] = []
        var rest = Substring(text).utf8
        while let byte = rest.popFirst() {
            switch byte {
            case space: bytes.append(UInt8(ascii: " "))
            case UInt8(ascii: "%"):
                guard let high = digit(rest.popFirst()), let low = digit(rest.popFirst()) else { return nil }
                bytes.append(high << 4 | low)
            default: bytes.append(byte)
            }
        }
        return String(validating: bytes, as: UTF8.self)
    }

    private static func digit(_ byte: UInt8?) -> UInt8? {
        byte.flatMap { Character(UnicodeScalar($0)).hexDigitValue }.map(UInt8.init)
    }
}
