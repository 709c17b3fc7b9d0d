import HTTPTypes
import SigV4

/// What a request wants of a bucket's existence, its settings, or its older listings.
struct BucketOperation: Sendable, Equatable {
    /// What is to be done.
    enum Action: Sendable, Equatable {
        case create
        case delete
        case getCORS
        case putCORS
        case deleteCORS
        case getUnset(UnsetBucketSetting)
        case listObjects
        case listObjectVersions
    }

    /// The bucket; it exists, unless it is to be created.
    let bucket: BucketName
    /// What is to be done with it.
    let action: Action
}

extension BucketOperation {
    /// The operation that a request to a bucket names; `nil` when it is another one.
    ///
    /// - Parameters:
    ///   - request: The request, to a bucket.
    ///   - name: The bucket's name, not yet checked.
    ///   - buckets: The buckets there are.
    /// - Throws: `NotImplemented` to writes of settings this store does not have, `InvalidBucketName`, `NoSuchBucket`.
    init?(_ request: S3Request, named name: String, buckets: [BucketName]) throws(S3Error) {
        guard let action = try Self.action(request) else { return nil }
        self.action = action
        guard action == .create else {
            bucket = try S3Operation.existing(name, in: buckets)
            return
        }
        guard let new = BucketName(rawValue: name) else { throw .invalidBucketName(name) }
        bucket = new
    }

    private static func action(_ request: S3Request) throws(S3Error) -> Action? {
        let method = request.head.method
        for item in request.target.query.items {
            if item.name == "cors" { return try corsAction(method) }
            if item.name == "versions", method == .get { return .listObjectVersions }
            if let setting = UnsetBucketSetting(rawValue: item.name) {
                guard method == .get else { throw .notImplemented("?\(item.name)") }
                return .getUnset(setting)
            }
        }
        switch method {
        case .put where !request.hasSubresource: return .create
        case .delete where !request.hasSubresource: return .delete
        case .get where !request.hasSubresource: return try listAction(request)
        default: return nil
        }
    }

    private static func corsAction(_ method: HTTPRequest.Method) throws(S3Error) -> Action {
        switch method {
        case .get: return .getCORS
        case .put: return .putCORS
        case .delete: return .deleteCORS
        default: throw .methodNotAllowed(method, resource: "BUCKET")
        }
    }

    private static func listAction(_ request: S3Request) throws(S3Error) -> Action? {
        switch request.query("list-type") {
        case nil: return .listObjects
        case "2": return nil
        case let type?: throw .invalidArgument("list-type", type, "Invalid List Type specified in Request")
        }
    }
}

extension S3Request {
    /// Whether the query names a part of a bucket, so that the request is not about the bucket itself.
    fileprivate var hasSubresource: Bool {
        target.query.items.contains { S3Operation.bucketResources.contains($0.name) }
    }
}
