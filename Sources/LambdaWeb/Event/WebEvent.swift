import NIOCore

/// An event that something which speaks HTTP has sent, before it is looked into.
struct WebEvent {
    /// The most bytes of an event that Lambda hands to a function.
    static let byteLimit = 6 * 1024 * 1024

    /// What sent it.
    let kind: EventKind
    /// Its fields.
    let fields: EventFields

    /// Reads an event.
    ///
    /// - Throws: ``EventFault/notJSON(_:)`` and ``EventFault/notHTTP(looksLike:)``: nobody is there to be answered.
    init(parsing event: ByteBuffer) throws(EventFault) {
        let value: JSONValue
        do {
            value = try JSONReader.value(of: event)
        } catch {
            throw .notJSON(error)
        }
        guard case .object(let members) = value else { throw .notHTTP(looksLike: nil) }
        fields = EventFields(members)
        guard let kind = EventKind(fields) else { throw .notHTTP(looksLike: Self.name(of: fields)) }
        self.kind = kind
    }

    /// What an event looks like that is for another kind of function.
    private static func name(of event: EventFields) -> String? {
        if event.has("Records") { return "records of a queue or a bucket" }
        if event.has("detail-type") { return "an event of EventBridge" }
        if event.has("detail") || event.has("source") { return "an event of EventBridge" }
        return nil
    }

    /// The stage that stands before the path, `/prod`; nil where there is none.
    ///
    /// REST APIs leave it out of `path` themselves; an HTTP API that sends payload 1.0 says so by a version.
    func stagePrefix() throws(EventFault) -> String? {
        switch kind {
        case .functionURL, .loadBalancer: return nil
        case .restAPI: guard try fields.text("version") == "1.0" else { return nil }
        case .httpAPI: break
        }
        guard let stage = try fields.object("requestContext")?.text("stage"), !stage.isEmpty, stage != "$default"
        else { return nil }
        return "/" + stage
    }

    /// The client's address as the front saw it, never one that the client itself may have written.
    ///
    /// Load balancers tell it by the last entry of `X-Forwarded-For` only, which is theirs.
    func clientAddress() throws(EventFault) -> String? {
        switch kind {
        case .restAPI:
            return try fields.object("requestContext")?.object("identity")?.text("sourceIp")
        case .httpAPI, .functionURL:
            return try fields.object("requestContext")?.object("http")?.text("sourceIp")
        case .loadBalancer(let multiValue):
            let pairs = try fields.pairs(multiValue ? "multiValueHeaders" : "headers")
            let last = pairs.last { $0.name.lowercased() == "x-forwarded-for" }?.values.last
            return last?.split(separator: ",").last.map { String($0.drop { $0 == " " }) }
        }
    }
}
