import Hummingbird

/// DeleteBucket: 204 for an empty bucket that is not one of the server's own.
struct DeleteBucket: Sendable {
    /// Where the buckets are.
    let store: ObjectStore

    /// Removes the bucket.
    /// - Throws: `BucketNotEmpty`, `NoSuchBucket`, or `AccessDenied` for a bucket of the server's configuration.
    func respond(bucket: BucketName) async throws -> Response {
        try await store.deleteBucket(bucket)
        return Response(status: .noContent)
    }
}
