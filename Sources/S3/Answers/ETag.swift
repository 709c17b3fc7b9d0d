/// What a store calls a version of an object, without quotes and without saying how it was made.
package struct ETag: Hashable, Sendable, CustomStringConvertible {
    /// The tag without quotes.
    package let value: String

    /// Takes a tag as headers and XML spell it, with quotes or without, weak or strong; `nil` when nothing is in it.
    package init?(_ text: String) {
        var text = text[...]
        if text.hasPrefix("W/") { text = text.dropFirst(2) }
        if text.utf8.count >= 2, text.hasPrefix("\""), text.hasSuffix("\"") { text = text.dropFirst().dropLast() }
        guard !text.isEmpty, text.utf8.allSatisfy({ (0x21...0x7E).contains($0) && $0 != UInt8(ascii: "\"") })
        else { return nil }
        value = String(text)
    }

    /// The tag in quotes, as conditions want it.
    package var quoted: String { "\"\(value)\"" }

    /// The tag without quotes.
    package var description: String { value }
}
