import GalleryCore
import HTTPTypes
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
    /// The numbers of the parts that have yet to come, at most 100 of them.
    var missing: [Int]?
    /// Seconds after which another try makes sense, for the header `Retry-After`.
    var retryAfter: Int?
    /// What is left of the client's allowance, for the headers `RateLimit-…`.
    var rate: RateDecision?
    /// The methods that the path takes, for the header `Allow`.
    var allow: String?
    /// What to quote to whoever runs the server.
    var requestId: String?

    private enum CodingKeys: CodingKey {
        case type, title, status, detail, code, limit, missing, requestId
    }

    /// Headers that go with the answer.
    var headers: HTTPFields {
        var headers: HTTPFields = [.contentType: "application/problem+json"]
        if let allow, let name = HTTPField.Name("Allow") { headers[name] = allow }
        for field in rate?.headers ?? [:] { headers[field.name] = field.value }
        if let retryAfter { headers[.retryAfter] = "\(retryAfter)" }
        if status == HTTPResponse.Status.unauthorized.code { headers[.wwwAuthenticate] = "Bearer" }
        return headers
    }

    init(_ status: HTTPResponse.Status, code: String, detail: String, limit: Int64? = nil, requestId: String? = nil) {
        title = status.reasonPhrase
        self.status = status.code
        self.detail = detail
        self.code = code
        self.limit = limit
        self.requestId = requestId
    }

    /// A body that is no picture, and has more bytes than such a body may have.
    static func bodyTooLarge(limit: Int) -> Problem {
        let limit = Int64(limit)
        let detail = "The body of this request may have \(ByteCount(limit)) at most."
        return Problem(.contentTooLarge, code: "too-large", detail: detail, limit: limit)
    }
}
