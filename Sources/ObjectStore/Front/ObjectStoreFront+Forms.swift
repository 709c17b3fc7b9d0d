import HTTPEdge
import HTTPTypes
import Hummingbird

extension ObjectStoreFront {
    /// Answers a request that is not signed by header or query: the form of a POST policy, which brings its own
    /// signature in its fields.
    /// - Throws: `AccessDenied` for everything else.
    func respondUnsigned(to request: Request, _ resource: S3Target.Resource) async throws -> Response {
        guard request.method == .post, case .bucket(let name) = resource,
            let boundary = FormBoundary.of(request.headers[.contentType] ?? "")
        else { throw S3Error.anonymous }
        let bucket = try S3Operation.existing(name, in: store.buckets)
        let form = try PostForm(request.body, boundary: boundary)
        let post = PostObject(
            store: store,
            verifier: verifier,
            maximumObjectBytes: configuration.maximumObjectBytes,
            now: now
        )
        return try await post.respond(to: form, sentTo: request.head, in: bucket)
    }
}
