import Hummingbird
import S3XML
import SigV4

/// CopyObject: one object to another key inside the store, bytes and digests as they are, metadata kept or replaced.
struct CopyObject: Sendable {
    /// Where both objects are.
    let store: ObjectStore

    /// Copies the object that `x-amz-copy-source` names to `address`.
    /// - Throws: `NoSuchKey`, `PreconditionFailed`, `InvalidArgument`, `InvalidRequest` or `NotImplemented`.
    func respond(to request: S3Request, at address: ObjectAddress) async throws -> Response {
        try WriteHeaders.check(request)
        let source = try source(of: request)
        let metadata = try replacesMetadata(request) ? ObjectMetadata(request) : nil
        let condition = try WriteCondition(request.headers)
        guard metadata != nil || source != address else { throw Self.copyToItself }
        try await checkConditions(request, on: source)
        do {
            let info = try await store.copy(
                from: source.key,
                in: source.bucket,
                to: address.key,
                in: address.bucket,
                metadata: metadata,
                condition: condition
            )
            guard let info else { throw S3Error.noSuchKey(source.key.rawValue) }
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
                if let checksum = info.checksum {
                    writer.element("Checksum\(checksum.algorithm.rawValue)", checksum.base64)
                    writer.element("ChecksumType", "FULL_OBJECT")
                }
            }
        )
    }
}

// MARK: Reading the request

extension CopyObject {
    /// Reads `bucket/key`, percent-encoded, with or without a slash before it.
    private func source(of request: S3Request) throws(S3Error) -> ObjectAddress {
        let header = request.amz("x-amz-copy-source") ?? ""
        let (path, query) = S3Target.split(header)
        let target = try? S3Target(path.hasPrefix("/") ? String(path) : "/\(path)")
        guard case .object(let bucket, let key)? = target?.resource else {
            throw .invalidArgument(
                "x-amz-copy-source",
                header,
                "Copy Source must mention the source bucket and key: sourcebucket/sourcekey"
            )
        }
        if let version = RawQuery(query).first("versionId") { try VersionID.check(version, of: key) }
        guard let source = ObjectKey(rawValue: key) else { throw .keyTooLong(byteCount: key.utf8.count) }
        return ObjectAddress(bucket: try S3Operation.existing(bucket, in: store.buckets), key: source)
    }

    private func replacesMetadata(_ request: S3Request) throws(S3Error) -> Bool {
        let name = "x-amz-metadata-directive"
        switch request.amz(name) {
        case nil, "COPY": return false
        case "REPLACE": return true
        case let value?: throw .invalidArgument(name, value, "Unknown metadata directive.")
        }
    }

    /// Judges the `x-amz-copy-source-if-` headers; for a copy, "not modified" is a failed condition too.
    private func checkConditions(_ request: S3Request, on source: ObjectAddress) async throws {
        guard let info = try await store.head(source.key, in: source.bucket) else {
            throw S3Error.noSuchKey(source.key.rawValue)
        }
        switch ReadConditions(request.headers, prefix: "x-amz-copy-source-").judge(info) {
        case .proceed: break
        case .failed(let condition), .notModified(let condition): throw S3Error.preconditionFailed(condition)
        }
    }
}
