/// The name a file had where it came from.
///
/// Only ever shown, never used as a path or key.
package struct FileName: Hashable, Sendable, CustomStringConvertible {
    /// The longest name kept, in bytes of UTF-8.
    package static let maximumByteCount = 255

    /// The name without folders, control characters or invisible direction marks; may be empty.
    package let description: String

    /// Makes any text presentable: the last path component, no control or direction characters, at most 255 bytes with
    /// its ending kept.
    package init(_ text: String) {
        let lastComponent = text.unicodeScalars.split { $0 == "/" || $0 == "\\" }.last.map(String.init) ?? ""
        var scalars = String.UnicodeScalarView()
        scalars.append(contentsOf: lastComponent.unicodeScalars.filter { !Self.isInvisible($0) })
        description = Self.shortened(Self.trimmed(String(scalars)))
    }

    /// True for what would break a line, a header or the reading direction of the text around it.
    private static func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .lineSeparator, .paragraphSeparator, .surrogate, .unassigned, .privateUse: true
        case .format: scalar != "\u{200D}"  // the joiner that family and flag emoji are made with
        default: false
        }
    }

    private static func trimmed(_ text: String) -> String {
        let kept = text.drop(while: \.isWhitespace)
        guard let last = kept.lastIndex(where: { !$0.isWhitespace }) else { return "" }
        let name = String(kept[...last])
        return name.allSatisfy { $0 == "." } ? "" : name
    }

    /// Cuts in the middle at a character boundary, so that the ending (`.jpg`) stays.
    private static func shortened(_ name: String) -> String {
        guard name.utf8.count > maximumByteCount else { return name }
        let ending = name.lastIndex(of: ".").map { name[$0...] } ?? ""
        let kept = ending.utf8.count <= 16 ? ending : ""
        var room = maximumByteCount - kept.utf8.count - "…".utf8.count
        let stem = name.prefix { character in
            room -= character.utf8.count
            return room >= 0
        }
        return stem + "…" + kept
    }
}
