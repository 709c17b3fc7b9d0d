/// Writes JSON without Foundation: the few documents of the Runtime API, log lines and metrics.
///
/// Whatever a string holds, what comes out is valid JSON on one line: quotes, backslashes and every control character
/// are escaped.
package struct JSONText: Sendable {
    /// What was written so far.
    package private(set) var text = ""
    /// Whether a comma is due before the next value or field.
    private var needsComma = false
    /// Whether all that is not ASCII is escaped too, as in a header's value.
    private let isASCII: Bool

    /// An empty text; `ascii` when it is to stand in an HTTP header.
    package init(ascii: Bool = false) {
        isASCII = ascii
    }

    /// An object; the function writes its fields.
    package mutating func object(_ fields: (inout JSONText) -> Void) {
        enclose("{", "}", fields)
    }

    /// An array; the function writes its values.
    package mutating func array(_ values: (inout JSONText) -> Void) {
        enclose("[", "]", values)
    }

    /// A field; the function writes its one value.
    package mutating func field(_ name: String, _ value: (inout JSONText) -> Void) {
        separate()
        quote(name)
        text.append(":")
        needsComma = false
        value(&self)
        needsComma = true
    }

    /// A field that is a string.
    package mutating func field(_ name: String, _ value: String) {
        field(name) { $0.string(value) }
    }

    /// A string.
    package mutating func string(_ value: String) {
        separate()
        quote(value)
        needsComma = true
    }

    /// A whole number.
    package mutating func number(_ value: some BinaryInteger) {
        raw(String(value))
    }

    /// A number; JSON has none that are infinite, so those become null.
    package mutating func number(_ value: Double) {
        if let whole = Int64(exactly: value) { return raw(String(whole)) }
        raw(value.isFinite ? value.description : "null")
    }

    /// True or false.
    package mutating func bool(_ value: Bool) {
        raw(value ? "true" : "false")
    }

    /// An array of strings.
    package mutating func strings(_ values: [String]) {
        array { json in
            for value in values { json.string(value) }
        }
    }

    private mutating func raw(_ value: String) {
        separate()
        text.append(value)
        needsComma = true
    }

    private mutating func enclose(_ open: String, _ close: String, _ content: (inout JSONText) -> Void) {
        separate()
        text.append(open)
        needsComma = false
        content(&self)
        text.append(close)
        needsComma = true
    }

    private mutating func separate() {
        if needsComma { text.append(",") }
    }

    private mutating func quote(_ value: String) {
        text.append("\"")
        for scalar in value.unicodeScalars { append(scalar) }
        text.append("\"")
    }

    private mutating func append(_ scalar: Unicode.Scalar) {
        switch scalar {
        case "\"": text.append("\\\"")
        case "\\": text.append("\\\\")
        case "\n": text.append("\\n")
        case "\r": text.append("\\r")
        case "\t": text.append("\\t")
        case "\u{0}"..."\u{1F}", "\u{7F}": escape(scalar)
        default:
            if isASCII, !scalar.isASCII { escape(scalar) } else { text.unicodeScalars.append(scalar) }
        }
    }

    private mutating func escape(_ scalar: Unicode.Scalar) {
        for unit in String(scalar).utf16 {
            let digits = String(unit, radix: 16)
            text.append("\\u" + String(repeating: "0", count: 4 - digits.count) + digits)
        }
    }
}
