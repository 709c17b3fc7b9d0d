import Hummingbird

extension ObjectStoreFront {
    /// Does what a request wants done with a multipart upload.
    func perform(
        _ operation: MultipartOperation,
        _ request: S3Request,
        at address: ObjectAddress
    ) async throws -> Response {
        switch operation {
        case .create:
            try await CreateMultipartUpload(store: store).respond(to: request, at: address)
        case .uploadPart(let part):
            try await UploadPart(store: store, maximumPartBytes: maximumPartBytes).respond(to: request, at: part)
        case .uploadPartCopy(let part):
            try await UploadPartCopy(store: store).respond(to: request, at: part)
        case .listParts(let upload):
            try await ListParts(store: store, owner: configuration.owner).respond(to: request, for: upload)
        case .complete(let upload):
            try await CompleteMultipartUpload(store: store).respond(to: request, for: upload)
        case .abort(let upload):
            try await AbortMultipartUpload(store: store).respond(for: upload)
        }
    }

    private var maximumPartBytes: Int64 {
        min(configuration.maximumObjectBytes, MultipartUpload.maximumPartByteCount)
    }
}
