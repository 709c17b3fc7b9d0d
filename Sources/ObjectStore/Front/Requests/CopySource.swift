import SigV4

/// The object that `x-amz-copy-source` names, and what must hold of it.
struct CopySource: Sendable {
    /// The largest object, or range of one, that one request copies (AWS, "CopyObject": 5 GiB).
    static let maximumByteCount: Int64 = 5 << 30

    /// Where the object is.
    let address: ObjectAddress
    private let conditions: ReadConditions

    /// Reads `bucket/key`, percent-encoded, with or without a slash before it, and the `x-amz-copy-source-if-` headers.
    /// - Throws: `InvalidArgument`, `InvalidBucketName`, `NoSuchBucket`, `KeyTooLongError`, and what `versionId` may
    ///   throw.
    init(_ request: S3Request, buckets: [BucketName]) throws(S3Error) {
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
        address = ObjectAddress(bucket: try S3Operation.existing(bucket, in: buckets), key: source)
        conditions = ReadConditions(request.headers, prefix: "x-amz-copy-source-")
    }

    /// Judges the conditions; for a copy, "not modified" is a failed condition too.
    /// - Throws: `PreconditionFailed`.
    func checkConditions(on info: ObjectInfo) throws(S3Error) {
        switch conditions.judge(info) {
        case .proceed: break
        case .failed(let condition), .notModified(let condition): throw .preconditionFailed(condition)
        }
    }

    /// Refuses to copy more than one request may.
    /// - Throws: `InvalidRequest`.
    static func checkLength(_ byteCount: Int64) throws(S3Error) {
        guard byteCount <= maximumByteCount else { throw .copySourceTooLarge(limit: maximumByteCount) }
    }
}
