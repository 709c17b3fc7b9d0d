import HTTPTypes

extension ObjectStoreFront {
    /// Answers a preflight by the rules of the bucket in its path.
    /// - Throws: `BadRequest` when it is none, `AccessForbidden` when no rule allows what it asks for.
    func preflight(_ request: HTTPRequest, _ resource: S3Target.Resource) throws(S3Error) -> HTTPFields {
        let bucket = bucket(of: request)
        return try Preflight(request: request, resource: resource)
            .answer(hasBucket: bucket.map(store.hasBucket) == true, rules: bucket.flatMap(store.cors))
    }

    /// The headers that let a page of another origin read an answer, refusals included; empty when no rule of the
    /// bucket allows it.
    func corsHeaders(for request: HTTPRequest) -> HTTPFields {
        guard let question = CORSQuestion(request), let rules = bucket(of: request).flatMap(store.cors) else {
            return [:]
        }
        return rules.answer(to: question) ?? [:]
    }

    /// The bucket that a request names, whatever the rest of it is.
    private func bucket(of request: HTTPRequest) -> BucketName? {
        S3Target.bucketSegment(of: request.path ?? "").flatMap { BucketName(rawValue: $0) }
    }
}
