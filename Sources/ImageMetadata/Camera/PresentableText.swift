/// Text from a file, made fit to be shown: it is still a stranger's and has to be escaped wherever it goes.
enum PresentableText {
    /// How many bytes of a text are looked at.
    static let byteLimit = 256
    /// How many characters are left of it.
    static let characterLimit = 100

    /// Takes bytes up to the first zero, as UTF-8 or else as Latin-1.
    ///
    /// Control characters, and those that change the direction of text or cannot be seen, are left out; so are spaces
    /// around the text.
    ///
    /// - Parameter bytes: The bytes.
    /// - Returns: The text; `nil` when nothing is left.
    static func decode(_ bytes: ArraySlice<UInt8>) -> String? {
        let bytes = bytes.prefix(byteLimit).prefix { $0 != 0 }
        let decoded = String(validating: bytes, as: UTF8.self)
        let scalars = decoded.map { Array($0.unicodeScalars) } ?? bytes.map { Unicode.Scalar($0) }
        let visible = scalars.filter(isVisible).drop { $0 == " " }
        var text = String.UnicodeScalarView()
        text.append(contentsOf: visible.prefix(characterLimit))
        while text.last == " " { text.removeLast() }
        return text.isEmpty ? nil : String(text)
    }

    private static func isVisible(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator,
            .paragraphSeparator:
            false
        default: true
        }
    }
}
