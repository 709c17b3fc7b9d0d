import HTTPTypes

/// The header fields of an event, as a server would have them.
///
/// A value is never taken apart: payload 2.0 joins repeated fields by commas, and commas stand in dates as well.
struct RequestHeaders {
    /// What belongs to the connection between client and front, or is made anew (`content-length`).
    private static let dropped: Set<String> = [
        "connection", "content-length", "expect", "keep-alive", "proxy-connection", "te", "trailer",
        "transfer-encoding", "upgrade",
    ]

    /// All fields but `Host`.
    private(set) var fields: HTTPFields = [:]
    /// What `Host` says.
    private(set) var host: String?

    /// Reads an event's fields.
    init(_ event: WebEvent) throws(EventFault) {
        for (name, values) in try Self.pairs(event) {
            for value in values { try append(name, value) }
        }
        let cookies = event.kind == .httpAPI || event.kind == .functionURL ? try event.fields.texts("cookies") : []
        if !cookies.isEmpty { try append("cookie", cookies.joined(separator: "; ")) }
    }

    /// The lists, and what only the other flavour has.
    private static func pairs(_ event: WebEvent) throws(EventFault) -> [(name: String, values: [String])] {
        if case .loadBalancer(let multiValue) = event.kind {
            return try event.fields.pairs(multiValue ? "multiValueHeaders" : "headers")
        }
        let single = try event.fields.pairs("headers")
        guard event.kind == .restAPI else { return single }
        let lists = try event.fields.pairs("multiValueHeaders")
        let known = Set(lists.map { $0.name.lowercased() })
        return lists + single.filter { !known.contains($0.name.lowercased()) }
    }

    private mutating func append(_ name: String, _ value: String) throws(EventFault) {
        guard let fieldName = HTTPField.Name(name) else {
            throw .badField(path: "headers", expected: "names of header fields")
        }
        guard Self.isHarmless(value) else {
            throw .badField(path: "headers.\(name.prefix(100))", expected: "a value without control characters")
        }
        guard !Self.dropped.contains(fieldName.canonicalName) else { return }
        guard fieldName.canonicalName != "host" else {
            if host == nil { host = value }
            return
        }
        fields.append(HTTPField(name: fieldName, value: value))
    }

    /// Whether nothing in a value could end the line it stands on.
    private static func isHarmless(_ value: String) -> Bool {
        value.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F || $0 == 0x09 }
    }
}
