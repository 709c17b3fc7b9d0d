/// `Content-Disposition` of a download: `attachment` with the file's name for every client (RFC 6266).
///
/// `filename*` carries the name in UTF-8 (RFC 8187); `filename` is for clients that do not know it, in plain ASCII.
package struct AttachmentHeader: CustomStringConvertible, Sendable {
    package let description: String

    /// Names the file as it shall be saved.
    package init(_ name: FileName) {
        let plain = name.description.unicodeScalars.map { scalar -> Character in
            let isPlain = scalar.isASCII && scalar != "\"" && scalar != "\\" && scalar != "%"
            return isPlain ? Character(scalar) : "_"
        }
        description = "attachment; filename=\"\(String(plain))\"; filename*=UTF-8''\(Self.encode(name.description))"
    }

    /// Percent-encodes all but `attr-char` (RFC 8187 §3.2.1).
    private static func encode(_ text: String) -> String {
        text.utf8.reduce(into: "") { result, byte in
            if isAttributeCharacter(byte) {
                result.unicodeScalars.append(Unicode.Scalar(byte))
            } else {
                let hex = String(byte, radix: 16, uppercase: true)
                result += byte < 16 ? "%0\(hex)" : "%\(hex)"
            }
        }
    }

    private static func isAttributeCharacter(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: "!#$&+-.^_`|~".utf8.contains(byte)
        }
    }
}
