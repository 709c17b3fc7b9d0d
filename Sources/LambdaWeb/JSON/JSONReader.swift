import NIOCore

/// Reads a JSON text of up to some megabytes with little memory of its own: strings are slices of the text.
///
/// Depth and number of values are limited, since the text may be anybody's. Control characters in strings, which JSON
/// forbids, are let through: whoever uses the string looks for them anyway.
struct JSONReader {
    /// How deep lists and objects may be nested.
    static let maximumDepth = 64
    /// How many values a text may hold; an event has some hundred.
    static let maximumValueCount = 20_000

    private let text: ByteBuffer
    private var position = 0
    private var valueCount = 0

    /// The one value of a text.
    static func value(of text: ByteBuffer) throws(JSONError) -> JSONValue {
        var reader = JSONReader(text: text)
        let value = try reader.readValue(depth: 0)
        guard reader.peek() == nil else { throw .unexpected(offset: reader.position) }
        return value
    }

    private init(text: ByteBuffer) {
        self.text = text
    }

    /// The next byte that is no blank, without passing it.
    private mutating func peek() -> UInt8? {
        while let byte = text.byte(at: position) {
            guard byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 else { return byte }
            position += 1
        }
        return nil
    }

    private mutating func take(_ byte: UInt8) throws(JSONError) {
        guard try next() == byte else { throw .unexpected(offset: position) }
        position += 1
    }

    private mutating func next() throws(JSONError) -> UInt8 {
        guard let byte = peek() else { throw .cutOff }
        return byte
    }

    private mutating func readValue(depth: Int) throws(JSONError) -> JSONValue {
        guard depth <= Self.maximumDepth else { throw .tooDeep(limit: Self.maximumDepth) }
        valueCount += 1
        guard valueCount <= Self.maximumValueCount else { throw .tooManyValues(limit: Self.maximumValueCount) }
        switch try next() {
        case UInt8(ascii: "{"): return .object(try readMembers(depth: depth))
        case UInt8(ascii: "["): return .array(try readElements(depth: depth))
        case UInt8(ascii: "\""): return .string(try readString())
        case UInt8(ascii: "t"): return try readWord("true", .bool(true))
        case UInt8(ascii: "f"): return try readWord("false", .bool(false))
        case UInt8(ascii: "n"): return try readWord("null", .null)
        default: return try readNumber()
        }
    }

    private mutating func readMembers(depth: Int) throws(JSONError) -> [JSONMember] {
        var members: [JSONMember] = []
        try take(UInt8(ascii: "{"))
        if try next() == UInt8(ascii: "}") {
            position += 1
            return members
        }
        while true {
            guard try next() == UInt8(ascii: "\"") else { throw .unexpected(offset: position) }
            let name = try readString().text()
            try take(UInt8(ascii: ":"))
            members.append(JSONMember(name: name, value: try readValue(depth: depth + 1)))
            if try readSeparator(end: UInt8(ascii: "}")) { return members }
        }
    }

    private mutating func readElements(depth: Int) throws(JSONError) -> [JSONValue] {
        var elements: [JSONValue] = []
        try take(UInt8(ascii: "["))
        if try next() == UInt8(ascii: "]") {
            position += 1
            return elements
        }
        while true {
            elements.append(try readValue(depth: depth + 1))
            if try readSeparator(end: UInt8(ascii: "]")) { return elements }
        }
    }

    /// A comma, or the end: then true.
    private mutating func readSeparator(end: UInt8) throws(JSONError) -> Bool {
        let byte = try next()
        guard byte == end || byte == UInt8(ascii: ",") else { throw .unexpected(offset: position) }
        position += 1
        return byte == end
    }

    private mutating func readString() throws(JSONError) -> JSONString {
        let start = position + 1
        var from = start
        while let quote = text.offset(of: UInt8(ascii: "\""), from: from) {
            var first = quote
            while first > start, text.byte(at: first - 1) == UInt8(ascii: "\\") { first -= 1 }
            from = quote + 1
            guard (quote - first).isMultiple(of: 2) else { continue }
            position = from
            guard let raw = text.getSlice(at: text.readerIndex + start, length: quote - start) else { throw .cutOff }
            return JSONString(raw: raw, isEscaped: raw.offset(of: UInt8(ascii: "\\")) != nil)
        }
        throw .cutOff
    }

    private mutating func readWord(_ word: StaticString, _ value: JSONValue) throws(JSONError) -> JSONValue {
        for letter in String(describing: word).utf8 {
            guard let byte = text.byte(at: position) else { throw .cutOff }
            guard byte == letter else { throw .unexpected(offset: position) }
            position += 1
        }
        return value
    }

    private mutating func readNumber() throws(JSONError) -> JSONValue {
        let start = position
        var digits = ""
        while let byte = text.byte(at: position), Self.isNumberByte(byte), position - start < 64 {
            digits.unicodeScalars.append(Unicode.Scalar(byte))
            position += 1
        }
        guard Double(digits) != nil else { throw .unexpected(offset: start) }
        return .number
    }

    private static func isNumberByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: "."),
            UInt8(ascii: "e"), UInt8(ascii: "E"):
            true
        default: false
        }
    }
}
