import Hummingbird
import S3XML

/// CreateBucket: makes a bucket, or says that it is there; some clients create theirs before every upload.
struct CreateBucket: Sendable {
    /// Where the buckets are.
    let store: ObjectStore
    /// The store's one region.
    let region: String
    /// Names that no bucket may have, since they are addresses of something else on the same port.
    let reservedNames: Set<String>

    /// The largest body that is read, in bytes.
    static let maximumBodyBytes: Int64 = 8 << 10

    /// Makes the bucket.
    ///
    /// A bucket that is there is 200 in S3's first region, as there.
    /// - Throws: `BucketAlreadyExists` for a reserved name, `BucketAlreadyOwnedByYou`, `MalformedXML`,
    ///   `IllegalLocationConstraintException`, `AccessControlListNotSupported`, `NotImplemented`.
    func respond(to request: S3Request, bucket: BucketName) async throws -> Response {
        guard !reservedNames.contains(bucket.rawValue) else { throw S3Error.bucketAlreadyExists(bucket.rawValue) }
        try WriteHeaders.checkACL(request)
        try checkSettings(request)
        let body = try await RequestDocument.readOptional(request, limit: Self.maximumBodyBytes)
        if body.readableBytes > 0 { try check(xml: body.readableBytesView) }
        let isNew = try await store.createBucket(bucket)
        guard isNew || region == "us-east-1" else { throw S3Error.bucketAlreadyOwned(bucket.rawValue) }
        return Response(status: .ok, headers: [.location: "/\(bucket.rawValue)"])
    }

    private func checkSettings(_ request: S3Request) throws(S3Error) {
        if request.amz("x-amz-bucket-object-lock-enabled")?.lowercased() == "true" {
            throw .notImplemented("x-amz-bucket-object-lock-enabled")
        }
        if let ownership = request.amz("x-amz-object-ownership"), ownership != "BucketOwnerEnforced" {
            throw .notImplemented("x-amz-object-ownership")
        }
    }

    /// Checks `<CreateBucketConfiguration><LocationConstraint>…`; no constraint means the store's region.
    private func check(xml bytes: some Collection<UInt8>) throws(S3Error) {
        let root: XMLElement
        do { root = try XMLElement(parsing: bytes) } catch { throw .malformedXML }
        guard root.name == "CreateBucketConfiguration", root.text.allSatisfy(\.isWhitespace) else {
            throw .malformedXML
        }
        for child in root.children {
            switch child.name {
            case "LocationConstraint":
                guard child.children.isEmpty else { throw .malformedXML }
                guard child.text.isEmpty || child.text == region else { throw .illegalLocation(child.text) }
            case "Bucket", "Location", "Tags": throw .notImplemented(child.name)
            default: throw .malformedXML
            }
        }
    }
}
