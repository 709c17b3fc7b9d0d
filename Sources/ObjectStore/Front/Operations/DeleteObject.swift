import Hummingbird

/// DeleteObject: 204, whether or not the object was there.
struct DeleteObject: Sendable {
    /// Where the object is.
    let store: ObjectStore

    /// Removes the object.
    /// - Throws: `NotImplemented` for a conditional delete, which would otherwise delete without its condition.
    func respond(to request: S3Request, at address: ObjectAddress) async throws -> Response {
        for name in ["if-match", "x-amz-if-match-last-modified-time", "x-amz-if-match-size", "x-amz-mfa"]
        where request.headers[named: name] != nil {
            throw S3Error.notImplemented(name)
        }
        _ = try await store.delete(address.key, in: address.bucket)
        return Response(status: .noContent)
    }
}
