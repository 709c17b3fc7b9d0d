/// Text on a terminal: how wide it is, and what may not get there.
package enum TerminalText {
    /// A name without what a terminal would take for a command.
    ///
    /// - Returns: The text with each control and format character replaced by `?`.
    package static func harmless(_ text: String) -> String {
        String(
            String.UnicodeScalarView(
                text.unicodeScalars.map { scalar in
                    switch scalar.properties.generalCategory {
                    case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate: "?"
                    default: scalar
                    }
                }
            )
        )
    }

    /// The columns a text takes: two for East Asian wide characters and emoji, one for others.
    package static func width(of text: String) -> Int {
        text.reduce(0) { $0 + width(of: $1) }
    }

    /// Shortens or fills a text to exactly so many columns; what is left out in its middle becomes `…`.
    ///
    /// The end of a file name often tells more than its middle.
    package static func fit(_ text: String, columns: Int) -> String {
        let width = width(of: text)
        guard width > columns else { return text + String(repeating: " ", count: columns - width) }
        guard columns > 0 else { return "" }
        let tail = String(prefix(of: text.reversed(), columns: (columns - 1) / 2).reversed())
        let head = String(prefix(of: Array(text), columns: columns - 1 - Self.width(of: tail)))
        let joined = head + "…" + tail
        return joined + String(repeating: " ", count: columns - Self.width(of: joined))
    }

    private static func prefix(of characters: [Character], columns: Int) -> [Character] {
        var used = 0
        return Array(
            characters.prefix { character in
                used += width(of: character)
                return used <= columns
            }
        )
    }

    private static func width(of character: Character) -> Int {
        guard let scalar = character.unicodeScalars.first else { return 0 }
        if scalar.properties.isEmojiPresentation { return 2 }
        switch scalar.value {
        case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F,
            0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x20000...0x3FFFD:
            return 2
        default: return scalar.properties.generalCategory == .nonspacingMark ? 0 : 1
        }
    }
}
