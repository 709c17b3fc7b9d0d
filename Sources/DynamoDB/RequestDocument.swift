/// What a request says, before it is JSON.
indirect enum RequestDocument: Encodable, Sendable, Hashable {
    case text(String)
    case number(Int)
    case flag(Bool)
    case list([RequestDocument])
    /// Members by name; `nil` ones are left out.
    case object([String: RequestDocument?])
    case value(AttributeValue)

    /// An item, or a key.
    static func item(_ item: Item) -> RequestDocument {
        .object(item.mapValues { .value($0) })
    }

    func encode(to encoder: any Encoder) throws {
        switch self {
        case .text(let text): try text.encode(to: encoder)
        case .number(let number): try number.encode(to: encoder)
        case .flag(let flag): try flag.encode(to: encoder)
        case .list(let elements): try elements.encode(to: encoder)
        case .object(let members): try members.compactMapValues(\.self).encode(to: encoder)
        case .value(let value): try value.encode(to: encoder)
        }
    }
}

extension RequestDocument: ExpressibleByStringLiteral, ExpressibleByDictionaryLiteral {
    init(stringLiteral text: String) { self = .text(text) }

    init(dictionaryLiteral members: (String, RequestDocument?)...) {
        self = .object(Dictionary(members, uniquingKeysWith: { $1 }))
    }
}
