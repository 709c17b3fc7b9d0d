import Hummingbird
import S3XML

/// CopyObject: one object to another key inside the store, bytes and digests as they are, metadata kept or replaced.
struct CopyObject: Sendable {
    /// Where both objects are.
    let store: ObjectStore

    /// Copies the object that `x-amz-copy-source` names to `address`.
    /// - Throws: `NoSuchKey`, `PreconditionFailed`, `InvalidArgument`, `InvalidRequest` or `NotImplemented`.
    func respond(to request: S3Request, at address: ObjectAddress) async throws -> Response {
        try WriteHeaders.check(request)
        let source = try CopySource(request, buckets: store.buckets)
        let metadata = try replacesMetadata(request) ? ObjectMetadata(request) : nil
        let condition = try WriteCondition(request.headers)
        guard metadata != nil || source.address != address else { throw Self.copyToItself }
        try await check(source)
        do {
            let info = try await store.copy(
                from: source.address.key,
                in: source.address.bucket,
                to: address.key,
                in: address.bucket,
                metadata: metadata,
                condition: condition
            )
            guard let info else { throw S3Error.noSuchKey(source.address.key.rawValue) }
            return Self.answer(info)
        } catch ObjectStoreError.preconditionFailed {
            let exists = try await store.head(address.key, in: address.bucket) != nil
            throw condition.refusal(address.key, exists: exists)
        }
    }

    private static let copyToItself = S3Error.invalidRequest(
        "This copy request is illegal because it is trying to copy an object to itself without changing the object's "
            + "metadata, storage class, website redirect location or encryption attributes."
    )

    private static func answer(_ info: ObjectInfo) -> Response {
        Response(
            xml: XMLWriter.document("CopyObjectResult") { writer in
                writer.element("LastModified", ObjectTime(milliseconds: info.lastModified).iso8601)
                writer.element("ETag", info.quotedETag)
                info.writeChecksum(to: &writer)
            }
        )
    }
}

// MARK: Reading the request

extension CopyObject {
    private func replacesMetadata(_ request: S3Request) throws(S3Error) -> Bool {
        let name = "x-amz-metadata-directive"
        switch request.amz(name) {
        case nil, "COPY": return false
        case "REPLACE": return true
        case let value?: throw .invalidArgument(name, value, "Unknown metadata directive.")
        }
    }

    private func check(_ source: CopySource) async throws {
        guard let info = try await store.head(source.address.key, in: source.address.bucket) else {
            throw S3Error.noSuchKey(source.address.key.rawValue)
        }
        try source.checkConditions(on: info)
        try CopySource.checkLength(info.byteCount)
    }
}
