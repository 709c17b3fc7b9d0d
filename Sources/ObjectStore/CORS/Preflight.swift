import HTTPTypes

/// A browser's question before a request of another origin: `OPTIONS`, never signed, whose URL's own signature is not
/// looked at.
struct Preflight: Sendable {
    /// The request's head.
    let request: HTTPRequest
    /// What the path names.
    let resource: S3Target.Resource

    /// The headers of the answer.
    ///
    /// - Parameters:
    ///   - hasBucket: Whether the bucket in the path is there.
    ///   - rules: The bucket's CORS configuration, if it has one.
    /// - Returns: What the browser needs to go on.
    /// - Throws: `BadRequest` when it is no preflight, `AccessForbidden` when no rule allows what it asks for.
    func answer(hasBucket: Bool, rules: CORSConfiguration?) throws(S3Error) -> HTTPFields {
        guard let question = CORSQuestion(request) else {
            throw .insufficientPreflight("Insufficient information. Origin request header needed.")
        }
        guard hasBucket else { throw .corsForbidden("Bucket not found", method: question.method, resource: "BUCKET") }
        guard let rules else {
            throw .corsForbidden("CORS is not enabled for this bucket.", method: question.method, resource: "BUCKET")
        }
        guard request.headerFields[.accessControlRequestMethod] != nil else {
            throw .insufficientPreflight("Insufficient information. Access-Control-Request-Method header needed.")
        }
        guard let headers = rules.answer(to: question) else {
            throw .corsForbidden(S3Error.corsNoRule, method: question.method, resource: resource.type)
        }
        return headers
    }
}
