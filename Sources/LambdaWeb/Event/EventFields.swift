/// The fields of an object in an event, read as events are: what is null counts as missing, what is missing is no
/// error, what has another type is one.
struct EventFields {
    /// Where the object stands in the event, for complaints; empty for the event itself.
    private let path: String
    private let members: [JSONMember]

    /// The fields of an object.
    init(_ members: [JSONMember], path: String = "") {
        self.members = members
        self.path = path
    }

    /// Whether there is something other than null.
    func has(_ name: String) -> Bool {
        value(name) != nil
    }

    /// An object.
    func object(_ name: String) throws(EventFault) -> EventFields? {
        switch value(name) {
        case nil: return nil
        case .object(let members)?: return EventFields(members, path: place(name))
        case .some: throw bad(name, "an object")
        }
    }

    /// A string that has not been read yet.
    func string(_ name: String) throws(EventFault) -> JSONString? {
        switch value(name) {
        case nil: return nil
        case .string(let string)?: return string
        case .some: throw bad(name, "a string")
        }
    }

    /// A string.
    func text(_ name: String) throws(EventFault) -> String? {
        guard let string = try string(name) else { return nil }
        return try text(string, name)
    }

    /// True or false; false when it is missing.
    func flag(_ name: String) throws(EventFault) -> Bool {
        switch value(name) {
        case nil: return false
        case .bool(let flag)?: return flag
        case .some: throw bad(name, "true or false")
        }
    }

    /// A list of strings.
    func texts(_ name: String) throws(EventFault) -> [String] {
        guard let value = value(name) else { return [] }
        return try texts(of: value, name)
    }

    /// An object of strings or lists of strings, as headers and queries are, in the event's order.
    func pairs(_ name: String) throws(EventFault) -> [(name: String, values: [String])] {
        guard let object = try object(name) else { return [] }
        var pairs: [(name: String, values: [String])] = []
        for member in object.members {
            switch member.value {
            case .null: continue
            case .string(let string): pairs.append((member.name, [try object.text(string, member.name)]))
            default: pairs.append((member.name, try object.texts(of: member.value, member.name)))
            }
        }
        return pairs
    }

    /// The complaint about a field.
    func bad(_ name: String, _ expected: String) -> EventFault {
        .badField(path: place(name), expected: expected)
    }

    /// The last of that name counts, as in most readers of JSON.
    private func value(_ name: String) -> JSONValue? {
        switch members.last(where: { $0.name == name })?.value {
        case nil, .null?: nil
        case let value?: value
        }
    }

    private func place(_ name: String) -> String {
        let name = String(name.prefix(100))
        return path.isEmpty ? name : "\(path).\(name)"
    }

    private func texts(of value: JSONValue, _ name: String) throws(EventFault) -> [String] {
        guard case .array(let elements) = value else { throw bad(name, "a list of strings") }
        var texts: [String] = []
        for element in elements {
            guard case .string(let string) = element else { throw bad(name, "a list of strings") }
            texts.append(try text(string, name))
        }
        return texts
    }

    private func text(_ string: JSONString, _ name: String) throws(EventFault) -> String {
        do {
            return try string.text()
        } catch {
            throw bad(name, "a string without broken escapes")
        }
    }
}
