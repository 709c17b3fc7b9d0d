import HTTPTypes
import Hummingbird
import SigV4

/// A request whose signature was checked: what operations read.
struct S3Request: RequestSettings {
    /// The request line and headers.
    let head: HTTPRequest
    /// The body, not yet read.
    let body: RequestBody
    /// What the path and query say.
    let target: S3Target
    /// Who signed it, and how the body is vouched for.
    let verified: VerifiedRequest

    /// The request's headers.
    var headers: HTTPFields { head.headerFields }

    /// The parameters of the query, which is always signed.
    var signedQuery: [(name: String, value: String)] { target.query.items }

    /// A query parameter by its exact name, the first one when repeated; a bare name has an empty value.
    func query(_ name: String) -> String? {
        target.query.first(name)
    }
}
