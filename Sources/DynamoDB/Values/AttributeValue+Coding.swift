#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The wire's form: an object with one member whose name is the type.
extension AttributeValue: Codable {
    /// A value from an answer; what is not exactly a value is refused.
    package init(from decoder: any Decoder) throws {
        // Each level of nesting is two steps of the path.
        guard decoder.codingPath.count <= 2 * Self.maximumDepth + 8 else {
            throw Self.refusal("nested deeper", decoder)
        }
        let container = try decoder.container(keyedBy: TypeName.self)
        let names = container.allKeys
        guard let name = names.first, names.count == 1 else { throw Self.refusal("of one type", decoder) }
        guard let value = try Self.scalar(name, container) ?? Self.collection(name, container) else {
            throw Self.refusal("of a type that is known", decoder)
        }
        self = value
    }

    private static func scalar(
        _ name: TypeName,
        _ container: KeyedDecodingContainer<TypeName>
    ) throws -> AttributeValue? {
        switch name.stringValue {
        case "S": .string(try container.decode(String.self, forKey: name))
        case "N": .number(try container.decode(NumberText.self, forKey: name).text)
        case "B": .binary(try container.decode(Base64.self, forKey: name).bytes)
        case "BOOL": .bool(try container.decode(Bool.self, forKey: name))
        case "NULL": try container.decode(Bool.self, forKey: name) ? .null : nil
        default: nil
        }
    }

    private static func collection(
        _ name: TypeName,
        _ container: KeyedDecodingContainer<TypeName>
    ) throws -> AttributeValue? {
        switch name.stringValue {
        case "L": return .list(try container.decode([AttributeValue].self, forKey: name))
        case "M": return .map(try container.decode([String: AttributeValue].self, forKey: name))
        case "SS": return set(try container.decode([String].self, forKey: name)).map(AttributeValue.stringSet)
        case "NS":
            let texts = try container.decode([NumberText].self, forKey: name).map(\.text)
            return set(texts).map(AttributeValue.numberSet)
        case "BS":
            let members = try container.decode([Base64].self, forKey: name).map(\.bytes)
            return set(members).map(AttributeValue.binarySet)
        default: return nil
        }
    }

    /// The elements as a set; `nil` when there are none, or one twice.
    private static func set<Element>(_ elements: [Element]) -> Set<Element>? {
        let set = Set(elements)
        return set.isEmpty || set.count != elements.count ? nil : set
    }

    private static func refusal(_ what: String, _ decoder: any Decoder) -> DecodingError {
        .dataCorrupted(.init(codingPath: decoder.codingPath, debugDescription: "not \(what)"))
    }

    /// The value in a request.
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: TypeName.self)
        switch self {
        case .string(let text): try container.encode(text, forKey: "S")
        case .number(let text): try container.encode(text, forKey: "N")
        case .binary(let bytes): try container.encode(Base64(bytes: bytes), forKey: "B")
        case .bool(let flag): try container.encode(flag, forKey: "BOOL")
        case .null: try container.encode(true, forKey: "NULL")
        case .list(let elements): try container.encode(elements, forKey: "L")
        case .map(let members): try container.encode(members, forKey: "M")
        case .stringSet(let members): try container.encode(members.sorted(), forKey: "SS")
        case .numberSet(let members): try container.encode(members.sorted(), forKey: "NS")
        case .binarySet(let members): try container.encode(members.map(Base64.init), forKey: "BS")
        }
    }
}

/// The name of a value's type; any text, so that an unknown one is seen.
private struct TypeName: CodingKey, ExpressibleByStringLiteral {
    let stringValue: String
    var intValue: Int? { nil }

    init(stringValue: String) { self.stringValue = stringValue }

    init(stringLiteral text: String) { stringValue = text }

    init?(intValue: Int) { nil }
}

/// Bytes as JSON has them: base64, with padding.
private struct Base64: Codable {
    let bytes: [UInt8]

    init(bytes: [UInt8]) { self.bytes = bytes }

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let data = Data(base64Encoded: try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "not base64")
        }
        bytes = Array(data)
    }

    func encode(to encoder: any Encoder) throws {
        try Data(bytes).base64EncodedString().encode(to: encoder)
    }
}

/// A number's text: sign, digits, point, digits, exponent.
private struct NumberText: Decodable {
    let text: String

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        text = try container.decode(String.self)
        guard Self.isNumber(text) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "not a number")
        }
    }

    /// 38 digits, and what may stand around them.
    private static let maximumLength = 64

    private static func isNumber(_ text: String) -> Bool {
        guard text.utf8.count <= maximumLength else { return false }
        var rest = text[...]
        if let sign = rest.first, sign == "-" || sign == "+" { rest.removeFirst() }
        let parts = rest.split(separator: "E", maxSplits: 1, omittingEmptySubsequences: false)
        let mantissa = (parts.first ?? "").split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        guard mantissa.allSatisfy(isDigits) else { return false }
        guard parts.count == 2 else { return true }
        let exponent = parts[1].first.map { $0 == "-" || $0 == "+" } == true ? parts[1].dropFirst() : parts[1]
        return isDigits(exponent)
    }

    private static func isDigits(_ text: Substring) -> Bool {
        !text.isEmpty && text.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    }
}
