import HTTPTypes

/// Which pages of other origins may talk to the store from a browser.
///
/// The built-in rule lets every origin in: what a request may do is decided by its signature alone, and no cookie
/// counts. Browsers ask first by a preflight `OPTIONS`, whose signature is not looked at (s3.md §6).
struct CORSRule: Sendable {
    /// The methods a page may use.
    let methods: [HTTPRequest.Method]
    /// The response headers a page may read.
    let exposedHeaders: [String]
    /// How long a browser may remember a preflight's answer, in seconds.
    let maximumAgeSeconds: Int

    /// Any origin, any request header.
    static let anyOrigin = CORSRule(
        methods: [.get, .put, .post, .delete, .head],
        exposedHeaders: [
            "ETag", "x-amz-checksum-sha256", "x-amz-request-id", "x-amz-version-id", "content-range",
        ],
        maximumAgeSeconds: 3000
    )

    private static let vary = "Origin, Access-Control-Request-Headers, Access-Control-Request-Method"

    /// The headers that answer a preflight.
    /// - Throws: `BadRequest` when it is none, `AccessForbidden` when the rule does not allow what it asks for.
    func preflight(_ headers: HTTPFields, resource: String) throws(S3Error) -> HTTPFields {
        guard headers[.origin] != nil else {
            throw .insufficientPreflight("Insufficient information. Origin request header needed.")
        }
        guard let requested = headers[.accessControlRequestMethod] else {
            throw .insufficientPreflight("Insufficient information. Access-Control-Request-Method header needed.")
        }
        guard methods.contains(where: { $0.rawValue == requested }) else {
            throw .corsForbidden(method: requested, resource: resource)
        }
        var answer = common
        answer[.accessControlAllowHeaders] = headers[.accessControlRequestHeaders]?.lowercased()
        answer[.accessControlMaxAge] = String(maximumAgeSeconds)
        return answer
    }

    /// The headers to add to any other answer, errors included; empty when no other origin asks.
    func headers(for request: HTTPRequest) -> HTTPFields {
        guard request.headerFields[.origin] != nil, methods.contains(request.method) else { return [:] }
        return common
    }

    private var common: HTTPFields {
        [
            .accessControlAllowOrigin: "*",
            .accessControlAllowMethods: methods.map(\.rawValue).joined(separator: ", "),
            .accessControlExposeHeaders: exposedHeaders.joined(separator: ", "),
            .vary: Self.vary,
        ]
    }
}
