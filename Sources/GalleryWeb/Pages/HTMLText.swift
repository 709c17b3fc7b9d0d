/// Makes text safe as content and as a quoted attribute value of HTML.
///
/// It goes by code points, as browsers do: to Swift, a `"` or `<` that a combining mark follows is another `Character`.
enum HTMLText {
    /// The text with the five characters that mean something to HTML spelt out.
    static func escape(_ text: String) -> String {
        var escaped = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": escaped.append(contentsOf: "&amp;".unicodeScalars)
            case "<": escaped.append(contentsOf: "&lt;".unicodeScalars)
            case ">": escaped.append(contentsOf: "&gt;".unicodeScalars)
            case "\"": escaped.append(contentsOf: "&quot;".unicodeScalars)
            case "'": escaped.append(contentsOf: "&#39;".unicodeScalars)
            default: escaped.append(scalar)
            }
        }
        return String(escaped)
    }
}

/// Makes text safe as the text of a Markdown link.
enum MarkdownText {
    private static let special = "\\`*_[]()<>!#|~&".unicodeScalars

    static func escape(_ text: String) -> String {
        var escaped = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            if special.contains(scalar) { escaped.append("\\") }
            escaped.append(scalar)
        }
        return String(escaped)
    }
}
