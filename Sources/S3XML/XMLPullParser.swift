/// Reads the small XML documents that S3 clients and servers send each other, one event at a time.
///
/// Knows elements, attributes (which it skips), text, the five named entities and character references. Refuses
/// everything that makes XML dangerous or ambiguous: document types, other entities, CDATA, processing instructions
/// past the first line, and nesting deeper than ``maximumDepth``. Each byte is looked at a bounded number of times.
/// Names of end tags are checked; namespaces are not. The input must be valid UTF-8 already.
package struct XMLPullParser: Sendable {
    /// What was read.
    package enum Event: Equatable, Sendable {
        /// An element begins; an empty one (`<a/>`) is a start and an end.
        case start(String)
        /// An element ends.
        case end(String)
        /// Text between tags, entities resolved, line ends made LF. Never empty.
        case text(String)
    }

    /// Why a document is refused: it is not the XML we read; without detail, since S3 answers one code for all of it.
    package struct Malformed: Error, Equatable {
        /// Refuses a document.
        package init() {}
    }

    /// How deep elements may nest; S3's documents need three.
    package static let maximumDepth = 8
    /// How long a name may be, in bytes.
    package static let maximumNameLength = 64

    private let bytes: [UInt8]
    private var position = 0
    private var open: [String] = []
    private var pendingEnd: String?
    private var hasRoot = false

    /// Starts at the head of a document of valid UTF-8.
    package init(_ document: String) {
        bytes = Array(document.utf8)
    }

    /// The next event, or nil once the root element has ended and nothing but blanks and comments followed.
    package mutating func next() throws(Malformed) -> Event? {
        if let name = pendingEnd {
            pendingEnd = nil
            open.removeLast()
            return .end(name)
        }
        if position == 0 { try skipDeclaration() }
        while position < bytes.count {
            if open.isEmpty { skipBlanks() }
            if starts(with: "<!--") {
                try skip(past: "-->")
            } else if starts(with: "</") {
                return try readEndTag()
            } else if starts(with: "<") {
                return try readStartTag()
            } else if position < bytes.count {
                return try readText()
            }
        }
        guard open.isEmpty, hasRoot else { throw Malformed() }
        return nil
    }
}

// MARK: Tags

extension XMLPullParser {
    private mutating func readStartTag() throws(Malformed) -> Event {
        guard open.count < Self.maximumDepth, !(open.isEmpty && hasRoot) else { throw Malformed() }
        position += 1
        let name = try readName()
        hasRoot = true
        open.append(name)
        while true {
            let hadBlank = skipBlanks()
            if starts(with: "/>") {
                position += 2
                pendingEnd = name
                return .start(name)
            }
            if starts(with: ">") {
                position += 1
                return .start(name)
            }
            guard hadBlank else { throw Malformed() }
            try skipAttribute()
        }
    }

    private mutating func readEndTag() throws(Malformed) -> Event {
        position += 2
        let name = try readName()
        skipBlanks()
        guard starts(with: ">"), open.last == name else { throw Malformed() }
        position += 1
        open.removeLast()
        return .end(name)
    }

    private mutating func skipAttribute() throws(Malformed) {
        _ = try readName()
        skipBlanks()
        guard starts(with: "=") else { throw Malformed() }
        position += 1
        skipBlanks()
        guard position < bytes.count, bytes[position] == UInt8(ascii: "\"") || bytes[position] == UInt8(ascii: "'")
        else { throw Malformed() }
        let quote = bytes[position]
        position += 1
        while position < bytes.count, bytes[position] != quote {
            guard bytes[position] != UInt8(ascii: "<") else { throw Malformed() }
            position += 1
        }
        guard position < bytes.count else { throw Malformed() }
        position += 1
    }

    private mutating func readName() throws(Malformed) -> String {
        let start = position
        while position < bytes.count, Self.isNameByte(bytes[position]) { position += 1 }
        let length = position - start
        guard length > 0, length <= Self.maximumNameLength else { throw Malformed() }
        return String(decoding: bytes[start..<position], as: UTF8.self)
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "."),
            UInt8(ascii: ":"):
            true
        default:
            false
        }
    }
}

// MARK: Text

extension XMLPullParser {
    private mutating func readText() throws(Malformed) -> Event {
        guard !open.isEmpty else { throw Malformed() }
        var text: [UInt8] = []
        while position < bytes.count, bytes[position] != UInt8(ascii: "<") {
            switch bytes[position] {
            case UInt8(ascii: "&"):
                text += try readReference()
            case UInt8(ascii: "\r"):
                position += 1
                if !starts(with: "\n") { text.append(UInt8(ascii: "\n")) }
            default:
                text.append(bytes[position])
                position += 1
            }
        }
        return .text(String(decoding: text, as: UTF8.self))
    }

    /// Reads `&name;` or `&#n;` and returns the character's UTF-8.
    private mutating func readReference() throws(Malformed) -> [UInt8] {
        position += 1
        let start = position
        while position < bytes.count, bytes[position] != UInt8(ascii: ";") {
            guard position - start < 10 else { throw Malformed() }
            position += 1
        }
        guard position < bytes.count else { throw Malformed() }
        let name = String(decoding: bytes[start..<position], as: UTF8.self)
        position += 1
        switch name {
        case "amp": return [UInt8(ascii: "&")]
        case "lt": return [UInt8(ascii: "<")]
        case "gt": return [UInt8(ascii: ">")]
        case "quot": return [UInt8(ascii: "\"")]
        case "apos": return [UInt8(ascii: "'")]
        default: return try Self.character(numbered: name)
        }
    }

    private static func character(numbered name: String) throws(Malformed) -> [UInt8] {
        guard name.hasPrefix("#") else { throw Malformed() }
        let isHex = name.hasPrefix("#x")
        let digits = name.dropFirst(isHex ? 2 : 1)
        guard digits.utf8.allSatisfy({ $0 != UInt8(ascii: "+") && $0 != UInt8(ascii: "-") }),
            let value = UInt32(digits, radix: isHex ? 16 : 10), let scalar = Unicode.Scalar(value)
        else { throw Malformed() }
        return Array(String(Character(scalar)).utf8)
    }
}

// MARK: Skipping

extension XMLPullParser {
    /// Skips `<?xml …?>`, which may stand at the very beginning only; a byte order mark may stand before it.
    private mutating func skipDeclaration() throws(Malformed) {
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
        if starts(with: "<?xml") { try skip(past: "?>") }
    }

    private mutating func skip(past end: String) throws(Malformed) {
        while !starts(with: end) {
            guard position < bytes.count else { throw Malformed() }
            position += 1
        }
        position += end.utf8.count
    }

    @discardableResult
    private mutating func skipBlanks() -> Bool {
        let start = position
        while position < bytes.count, Self.isBlank(bytes[position]) { position += 1 }
        return position > start
    }

    private static func isBlank(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D
    }

    private func starts(with text: String) -> Bool {
        bytes[position...].starts(with: text.utf8)
    }
}
