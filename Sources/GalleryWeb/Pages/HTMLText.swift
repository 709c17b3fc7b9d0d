import Mustache

/// Makes text safe as content and as a quoted attribute value of HTML.
///
/// Mustache's own escaping goes by `Character`, so a `"` or `<` that a combining mark follows is another character and
/// stays as it is. A browser goes by code points; so does this.
struct HTMLText: MustacheContentType {
    /// The name under which the templates ask for it.
    static let name = "IMGN_HTML"

    func escapeText(_ text: String) -> String {
        Self.escape(text)
    }

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
