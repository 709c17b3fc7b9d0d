import Hummingbird

/// Text with places for values: the part of Mustache that our pages use, and no more.
///
/// | tag | meaning |
/// |---|---|
/// | `{{name}}` | the text, escaped by ``HTMLText`` |
/// | `{{#name}}…{{/name}}` | for each of a list, or once when there is a text or the flag is set |
/// | `{{^name}}…{{/name}}` | in all other cases |
/// | `{{>name}}` | another template, indented as the tag is |
///
/// There is no way to show text that is not escaped, and a name that is not given is an error, not an empty place.
/// A tag other than a value that stands alone on its line takes the line with it.
struct Template: Sendable, Equatable {
    let pieces: [Piece]

    /// A part of a template; partials have become parts of what includes them.
    enum Piece: Sendable, Equatable {
        case literal([UInt8])
        case value(String)
        indirect case section(String, isInverted: Bool, [Piece])
    }

    /// The text with the values in it.
    func render(_ fields: TemplateFields) throws(TemplateError) -> ByteBuffer {
        var rendering = TemplateRendering()
        try rendering.write(pieces, [fields])
        return rendering.output
    }
}

/// One rendering under way.
private struct TemplateRendering {
    var output = ByteBuffer()

    /// Writes the pieces; names are looked up in the innermost scope first.
    mutating func write(_ pieces: [Template.Piece], _ scopes: [TemplateFields]) throws(TemplateError) {
        for piece in pieces {
            switch piece {
            case .literal(let bytes): output.writeBytes(bytes)
            case .value(let name): try writeValue(try value(of: name, scopes), name)
            case .section(let name, let isInverted, let pieces):
                let repetitions = repetitions(try value(of: name, scopes), isInverted: isInverted)
                for scope in repetitions { try write(pieces, scopes + [scope]) }
            }
        }
    }

    private mutating func writeValue(_ value: TemplateValue, _ name: String) throws(TemplateError) {
        guard case .text(let text) = value else { throw .noText(name) }
        output.writeString(HTMLText.escape(text ?? ""))
    }

    /// A scope for each time that a section is shown.
    private func repetitions(_ value: TemplateValue, isInverted: Bool) -> [TemplateFields] {
        let repetitions: [TemplateFields] =
            switch value {
            case .text(let text): text == nil ? [] : [[:]]
            case .flag(let isSet): isSet ? [[:]] : []
            case .list(let elements): elements
            }
        guard isInverted else { return repetitions }
        return repetitions.isEmpty ? [[:]] : []
    }

    private func value(of name: String, _ scopes: [TemplateFields]) throws(TemplateError) -> TemplateValue {
        for scope in scopes.reversed() {
            if let value = scope[name] { return value }
        }
        throw .unknownName(name)
    }
}
