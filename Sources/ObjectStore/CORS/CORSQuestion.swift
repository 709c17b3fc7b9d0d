import HTTPEdge
import HTTPTypes

/// What a browser's request asks of a bucket's CORS rules; there is one only when it comes from some origin.
struct CORSQuestion: Sendable, Equatable {
    /// Where the page comes from.
    let origin: String
    /// The method that the page wants to use.
    let method: String
    /// The headers that the page wants to send, in lower case and in its order.
    let headers: [String]

    /// Reads a request; `nil` when it names no origin.
    ///
    /// `Access-Control-Request-Method` and `-Headers` count whatever the request's own method is, as in S3; without
    /// them the question is about the request itself, whose headers no rule restricts.
    init?(_ request: HTTPRequest) {
        guard let origin = request.headerFields[.origin] else { return nil }
        self.origin = origin
        method = request.headerFields[.accessControlRequestMethod] ?? request.method.rawValue
        headers = HeaderList.members(of: request.headerFields[.accessControlRequestHeaders] ?? "")
            .map { $0.lowercased() }
    }
}
