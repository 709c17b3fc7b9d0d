import NIOCore

/// A value of a JSON text (RFC 8259), read in place: a string stays where it is until somebody wants it.
enum JSONValue: Sendable {
    /// `null`.
    case null
    /// `true` or `false`.
    case bool(Bool)
    /// A number; none that an event holds matters to a request.
    case number
    /// A string.
    case string(JSONString)
    /// A list.
    case array([JSONValue])
    /// An object, in the order of the text.
    case object([JSONMember])
}

/// A field of an object.
struct JSONMember: Sendable {
    /// What it is called.
    let name: String
    /// What it holds.
    let value: JSONValue
}

/// A string as it stands in the text, between the quotes.
struct JSONString: Sendable {
    /// The bytes between the quotes; they share the text's storage.
    let raw: ByteBuffer
    /// Whether there is a backslash among them.
    let isEscaped: Bool

    /// The string's bytes without escapes, as UTF-8; a copy only where there are escapes.
    ///
    /// - Throws: ``JSONError/brokenEscape(offset:)``, counted from the string's beginning.
    func bytes() throws(JSONError) -> ByteBuffer {
        isEscaped ? try JSONUnescaping.bytes(of: raw) : raw
    }

    /// The string; bytes that are no UTF-8 become U+FFFD.
    ///
    /// - Throws: ``JSONError/brokenEscape(offset:)``.
    func text() throws(JSONError) -> String {
        String(buffer: try bytes())
    }
}

/// Why a text is not JSON, or is more than we are willing to read; offsets are in bytes.
enum JSONError: Error, Equatable, CustomStringConvertible {
    /// The text ends in the middle of a value.
    case cutOff
    /// Something that cannot stand there.
    case unexpected(offset: Int)
    /// A backslash with something behind it that JSON does not know.
    case brokenEscape(offset: Int)
    /// Lists or objects in one another, deeper than the limit.
    case tooDeep(limit: Int)
    /// More values than the limit.
    case tooManyValues(limit: Int)

    /// What is wrong, for people.
    var description: String {
        switch self {
        case .cutOff: "it is JSON that ends in the middle"
        case .unexpected(let offset): "it is not JSON (byte \(offset))"
        case .brokenEscape(let offset): "it is not JSON (a broken escape at byte \(offset) of a string)"
        case .tooDeep(let limit): "it is JSON nested more than \(limit) deep"
        case .tooManyValues(let limit): "it is JSON of more than \(limit) values"
        }
    }
}
