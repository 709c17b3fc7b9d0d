import Hummingbird

/// An RFC 9457 problem: what was wrong, in a stable word for programs and a sentence for people.
struct Problem: Error, Encodable {
    let type = "about:blank"
    let title: String
    let status: Int
    var detail: String
    let code: String
    /// The limit that was hit, in bytes.
    var limit: Int64?
    /// The methods that the path takes, for the header `Allow`.
    var allow: String?
    /// What to quote to whoever runs the server.
    var requestId: String?

    private enum CodingKeys: CodingKey {
        case type, title, status, detail, code, limit, requestId
    }

    init(_ status: HTTPResponse.Status, code: String, detail: String, limit: Int64? = nil, requestId: String? = nil) {
        title = status.reasonPhrase
        self.status = status.code
        self.detail = detail
        self.code = code
        self.limit = limit
        self.requestId = requestId
    }
}
