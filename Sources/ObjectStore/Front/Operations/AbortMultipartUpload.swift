import Hummingbird

/// AbortMultipartUpload: 204 for an upload that is gone now, 404 for one that was gone before.
struct AbortMultipartUpload: Sendable {
    /// Where the upload is.
    let store: ObjectStore

    /// Ends the upload.
    /// - Throws: `NoSuchUpload`.
    func respond(for upload: MultipartUpload) async throws -> Response {
        guard try await store.abortMultipart(upload) else { throw S3Error.noSuchUpload(upload.id.rawValue) }
        return Response(status: .noContent)
    }
}
