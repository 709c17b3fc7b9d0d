/// The name of a bucket: 3 to 63 lower-case letters, digits, dots and hyphens, as every S3 store allows.
package struct S3Bucket: RawRepresentable, LosslessStringConvertible, Hashable, Sendable {
    package let rawValue: String

    /// Takes a name that is one; `nil` for everything else, so that no name can change a request's meaning.
    package init?(rawValue: String) {
        let bytes = Array(rawValue.utf8)
        guard (3...63).contains(bytes.count), bytes.allSatisfy(Self.isNameByte),
            bytes.first.map(Self.isLetterOrDigit) == true, bytes.last.map(Self.isLetterOrDigit) == true,
            !rawValue.contains("..")
        else { return nil }
        self.rawValue = rawValue
    }

    /// Takes a name that is one; `nil` for everything else.
    package init?(_ description: String) {
        self.init(rawValue: description)
    }

    package var description: String { rawValue }

    /// Whether the name is one label of a host name, so that a wildcard certificate covers it.
    var isOneLabel: Bool { !rawValue.utf8.contains(UInt8(ascii: ".")) }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        isLetterOrDigit(byte) || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".")
    }

    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"): true
        default: false
        }
    }
}
