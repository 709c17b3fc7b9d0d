/// The name of a table.
package struct TableName: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
    /// 3 to 255 letters, digits, `_`, `-` and `.`.
    package let rawValue: String

    /// Takes a text that is a table's name; `nil` for everything else.
    package init?(rawValue: String) {
        guard (3...255).contains(rawValue.utf8.count), rawValue.utf8.allSatisfy(Self.isAllowed) else { return nil }
        self.rawValue = rawValue
    }

    /// Takes a text that is a table's name; `nil` for everything else.
    package init?(_ text: String) {
        self.init(rawValue: text)
    }

    package var description: String { rawValue }

    private static func isAllowed(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "."):
            true
        default: false
        }
    }
}
