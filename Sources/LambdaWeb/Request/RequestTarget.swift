/// Path and query as a client would have written them, whatever the front has made of them.
///
/// REST APIs, function URLs and load balancers leave the path encoded; HTTP APIs decode it, so it is encoded again.
/// REST APIs decode queries, load balancers and payload 2.0 do not.
struct RequestTarget {
    /// `/images/a%20b?x=1`.
    let text: String

    /// Reads an event's target.
    init(_ event: WebEvent) throws(EventFault) {
        let path = try Self.path(of: event)
        let query = try Self.query(of: event)
        text = query.isEmpty ? path : "\(path)?\(query)"
    }

    private static func path(of event: WebEvent) throws(EventFault) -> String {
        let fields = event.fields
        let isSecond = event.kind == .httpAPI || event.kind == .functionURL
        var found = try fields.text(isSecond ? "rawPath" : "path")
        if isSecond, found == nil { found = try fields.object("requestContext")?.object("http")?.text("path") }
        guard var path = found else { throw fields.bad(isSecond ? "rawPath" : "path", "a path") }
        if let prefix = try event.stagePrefix(), path == prefix || path.hasPrefix(prefix + "/") {
            path.removeFirst(prefix.count)
        }
        if !path.utf8.starts(with: [UInt8(ascii: "/")]) { path = "/" + path }
        return event.kind == .httpAPI ? URLEncoding.encode(decodedPath: path) : URLEncoding.mend(path: path)
    }

    private static func query(of event: WebEvent) throws(EventFault) -> String {
        let fields = event.fields
        switch event.kind {
        case .httpAPI, .functionURL:
            return URLEncoding.mend(query: try fields.text("rawQueryString") ?? "")
        case .restAPI:
            return try values(fields).flatMap { name, values in
                values.map { (URLEncoding.encode(decodedQueryText: name), URLEncoding.encode(decodedQueryText: $0)) }
            }.map { "\($0)=\($1)" }.joined(separator: "&")
        case .loadBalancer:
            let pairs = try values(fields).flatMap { name, values in
                values.map { name.isEmpty && $0.isEmpty ? "" : "\(name)=\($0)" }
            }
            return URLEncoding.mend(query: pairs.joined(separator: "&"))
        }
    }

    /// The lists where there are any, since in the other flavour only the last value of a name is left.
    private static func values(_ fields: EventFields) throws(EventFault) -> [(name: String, values: [String])] {
        let lists = try fields.pairs("multiValueQueryStringParameters")
        return lists.isEmpty ? try fields.pairs("queryStringParameters") : lists
    }
}
