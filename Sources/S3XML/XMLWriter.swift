/// Writes S3's XML documents: elements and text, every character escaped that could be taken for markup.
///
/// Characters that XML 1.0 cannot hold at all (most control characters, U+FFFE, U+FFFF) become U+FFFD, since no parser
/// would read the document otherwise; a listing that must name such keys exactly asks for `encoding-type=url`.
package struct XMLWriter: Sendable {
    /// The document so far.
    package private(set) var text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"

    /// The namespace of S3's result documents; its error documents have none.
    package static let s3Namespace = "http://s3.amazonaws.com/doc/2006-03-01/"

    /// Makes one whole result document.
    /// - Parameters:
    ///   - root: The root element's name.
    ///   - namespace: The root's namespace, or nil for none.
    ///   - content: Writes what is inside.
    /// - Returns: The document's text.
    package static func document(
        _ root: String,
        namespace: String? = s3Namespace,
        _ content: (inout XMLWriter) -> Void
    ) -> String {
        var writer = XMLWriter()
        writer.text += namespace.map { "<\(root) xmlns=\"\($0)\">" } ?? "<\(root)>"
        content(&writer)
        writer.text += "</\(root)>"
        return writer.text
    }

    /// Writes an element that holds text.
    package mutating func element(_ name: String, _ value: String) {
        text += "<\(name)>"
        characters(value)
        text += "</\(name)>"
    }

    /// Writes an element that holds a number.
    package mutating func element(_ name: String, _ value: some BinaryInteger) {
        element(name, String(value))
    }

    /// Writes an element that holds `true` or `false`.
    package mutating func element(_ name: String, _ value: Bool) {
        element(name, value ? "true" : "false")
    }

    /// Writes an element that holds elements.
    package mutating func element(_ name: String, _ content: (inout XMLWriter) -> Void) {
        text += "<\(name)>"
        content(&self)
        text += "</\(name)>"
    }

    /// Writes an element that has attributes and holds elements.
    ///
    /// - Parameters:
    ///   - name: The element's name.
    ///   - attributes: Names and values, in the order they are written.
    ///   - content: Writes what is inside.
    package mutating func element(
        _ name: String,
        attributes: KeyValuePairs<String, String>,
        _ content: (inout XMLWriter) -> Void
    ) {
        text += "<\(name)"
        for (attribute, value) in attributes {
            text += " \(attribute)=\""
            characters(value)
            text += "\""
        }
        text += ">"
        content(&self)
        text += "</\(name)>"
    }

    /// Writes text inside the element that is open.
    package mutating func characters(_ value: String) {
        for scalar in value.unicodeScalars {
            switch scalar {
            case "&": text += "&amp;"
            case "<": text += "&lt;"
            case ">": text += "&gt;"
            case "\"": text += "&quot;"
            case "'": text += "&apos;"
            case "\t", "\n", "\r": text += "&#\(scalar.value);"
            case "\u{0}"..."\u{1F}", "\u{FFFE}", "\u{FFFF}": text += "\u{FFFD}"
            default: text.unicodeScalars.append(scalar)
            }
        }
    }
}
