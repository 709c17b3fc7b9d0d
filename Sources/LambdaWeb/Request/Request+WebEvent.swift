import HTTPTypes
import Hummingbird
import NIOCore

extension Request {
    /// The request that a client sent, made from what the front told of it.
    ///
    /// - Throws: what is wrong with the event.
    init(_ event: WebEvent) throws(EventFault) {
        let headers = try RequestHeaders(event)
        var fields = headers.fields
        let body = try event.bodyBytes(fields)
        if body.readableBytes > 0 { fields[.contentLength] = "\(body.readableBytes)" }
        var authority = headers.host
        if authority == nil { authority = try event.fields.object("requestContext")?.text("domainName") }
        let head = HTTPRequest(
            method: try event.method(),
            scheme: Self.scheme(fields),
            authority: authority,
            path: try RequestTarget(event).text,
            headerFields: fields
        )
        self.init(head: head, body: RequestBody(buffer: body))
    }

    /// All fronts say it; `http` is possible before load balancers only.
    private static func scheme(_ fields: HTTPFields) -> String {
        guard let name = HTTPField.Name("X-Forwarded-Proto"), fields[name]?.lowercased() == "http" else {
            return "https"
        }
        return "http"
    }
}

extension WebEvent {
    /// The request's method.
    func method() throws(EventFault) -> HTTPRequest.Method {
        let isSecond = kind == .httpAPI || kind == .functionURL
        let holder = isSecond ? try fields.object("requestContext")?.object("http") : fields
        let name = isSecond ? "method" : "httpMethod"
        guard let text = try holder?.text(name), let method = HTTPRequest.Method(text) else {
            throw (holder ?? EventFields([], path: "requestContext.http")).bad(name, "a method of HTTP")
        }
        return method
    }
}
