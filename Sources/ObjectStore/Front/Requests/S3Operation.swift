import HTTPTypes
import SigV4

/// Where an object is: its bucket, which exists, and its key, which is well formed.
struct ObjectAddress: Sendable, Equatable {
    /// One of the store's buckets.
    let bucket: BucketName
    /// The object's key.
    let key: ObjectKey
}

/// What a request wants done: the route table of the S3 front.
enum S3Operation: Sendable, Equatable {
    case listBuckets
    case ofBucket(BucketOperation)
    case headBucket(BucketName)
    case getBucketLocation(BucketName)
    case listObjectsV2(BucketName)
    case deleteObjects(BucketName)
    case getObject(ObjectAddress)
    case headObject(ObjectAddress)
    case putObject(ObjectAddress)
    case copyObject(ObjectAddress)
    case deleteObject(ObjectAddress)
    case getObjectAttributes(ObjectAddress)
    case listMultipartUploads(BucketName)
    case multipart(MultipartOperation, ObjectAddress)
    case getUnsetObjectSetting(ObjectAddress, UnsetObjectSetting)

    /// Finds the operation of a request.
    ///
    /// Sub-resources of S3 that this store does not have (`?acl`, `?torrent`, …) are refused by name rather than
    /// ignored: ignoring `?tagging` would turn a PUT of tags into a PUT of the object.
    /// - Parameters:
    ///   - request: The request, its signature checked.
    ///   - buckets: The buckets there are.
    /// - Returns: The operation with what it works on.
    /// - Throws: `NotImplemented`, `MethodNotAllowed`, or what is wrong with the bucket's name or the key.
    static func resolve(_ request: S3Request, buckets: [BucketName]) throws(S3Error) -> S3Operation {
        switch request.target.resource {
        case .service:
            guard request.head.method == .get else { throw refusal(of: request) }
            return .listBuckets
        case .bucket(let name):
            return try resolveBucket(request, named: name, buckets: buckets)
        case .object(let name, let key):
            return try resolveObject(request, bucket: name, key: key, buckets: buckets)
        }
    }

    private static func resolveBucket(
        _ request: S3Request,
        named name: String,
        buckets: [BucketName]
    ) throws(S3Error) -> S3Operation {
        if let operation = try BucketOperation(request, named: name, buckets: buckets) { return .ofBucket(operation) }
        try refuse(unsupportedBucketResources, in: request)
        let bucket = try existing(name, in: buckets)
        switch request.head.method {
        case .head: return .headBucket(bucket)
        case .get where request.query("location") != nil: return .getBucketLocation(bucket)
        case .get where request.query("uploads") != nil: return .listMultipartUploads(bucket)
        case .get where request.query("list-type") == "2": return .listObjectsV2(bucket)
        case .post where request.query("delete") != nil: return .deleteObjects(bucket)
        case .post: throw .notAFormPost
        default: throw refusal(of: request)
        }
    }

    private static func resolveObject(
        _ request: S3Request,
        bucket name: String,
        key: String,
        buckets: [BucketName]
    ) throws(S3Error) -> S3Operation {
        try refuse(unsupportedObjectResources, in: request)
        let method = request.head.method
        let bucket = try existing(name, in: buckets)
        guard let key = ObjectKey(rawValue: key) else { throw .keyTooLong(byteCount: key.utf8.count) }
        let address = ObjectAddress(bucket: bucket, key: key)
        try VersionID.check(request, key: key.rawValue)
        if let setting = try unsetSetting(request) { return .getUnsetObjectSetting(address, setting) }
        if let operation = try MultipartOperation(request, at: address) { return .multipart(operation, address) }
        switch method {
        case .get where request.query("attributes") != nil: return .getObjectAttributes(address)
        case .get: return .getObject(address)
        case .head: return .headObject(address)
        case .put: return request.amz("x-amz-copy-source") == nil ? .putObject(address) : .copyObject(address)
        case .delete: return .deleteObject(address)
        default: throw refusal(of: request)
        }
    }

    /// The bucket of this name.
    /// - Throws: `InvalidBucketName` or `NoSuchBucket`.
    static func existing(_ name: String, in buckets: [BucketName]) throws(S3Error) -> BucketName {
        guard let bucket = BucketName(rawValue: name) else { throw .invalidBucketName(name) }
        guard buckets.contains(bucket) else { throw .noSuchBucket(name) }
        return bucket
    }

    /// The setting that a GET asks for and no object here has; writing one is refused.
    private static func unsetSetting(_ request: S3Request) throws(S3Error) -> UnsetObjectSetting? {
        for item in request.target.query.items {
            guard let setting = UnsetObjectSetting(rawValue: item.name) else { continue }
            guard request.head.method == .get else { throw .notImplemented("?\(item.name)") }
            return setting
        }
        return nil
    }

    private static func refusal(of request: S3Request) -> S3Error {
        .methodNotAllowed(request.head.method, resource: request.target.resource.type)
    }

    private static func refuse(_ resources: Set<String>, in request: S3Request) throws(S3Error) {
        for item in request.target.query.items where resources.contains(item.name) {
            throw .notImplemented("?\(item.name)")
        }
    }

    private static let unsupportedBucketResources: Set<String> = [
        "abac", "analytics", "intelligent-tiering", "inventory", "metadataTable", "metrics", "session",
    ]

    /// Every name in a query that makes a request one about a part of a bucket.
    static let bucketResources = unsupportedBucketResources.union(["delete", "location", "uploads"])

    private static let unsupportedObjectResources: Set<String> = [
        "append", "renameObject", "restore", "select", "torrent",
    ]
}
