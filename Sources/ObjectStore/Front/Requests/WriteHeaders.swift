/// Refuses what a write may ask of S3 and this store does not do; ignoring it would break a promise.
enum WriteHeaders {
    private static let unsupportedPrefixes = [
        "x-amz-server-side-encryption", "x-amz-copy-source-server-side-encryption", "x-amz-object-lock-",
        "x-amz-website-redirect-location", "x-amz-write-offset-bytes",
    ]

    /// Canned ACLs that give nobody more than the owner has.
    private static let harmlessACLs: Set<String> = ["private", "bucket-owner-full-control"]
    private static let otherACLs: Set<String> = [
        "public-read", "public-read-write", "authenticated-read", "aws-exec-read", "bucket-owner-read",
        "log-delivery-write",
    ]
    private static let storageClasses: Set<String> = ["STANDARD", "REDUCED_REDUNDANCY"]

    /// Checks the settings of a PutObject or CopyObject.
    /// - Throws: `NotImplemented`, `InvalidStorageClass`, `AccessControlListNotSupported` or `InvalidArgument`.
    static func check(_ request: some RequestSettings) throws(S3Error) {
        for prefix in unsupportedPrefixes {
            if let setting = request.amz(startingWith: prefix).first { throw .notImplemented(setting.name) }
        }
        if let tags = request.amz("x-amz-tagging"), !tags.isEmpty { throw .notImplemented("x-amz-tagging") }
        if let storageClass = request.amz("x-amz-storage-class"), !storageClasses.contains(storageClass) {
            throw .invalidStorageClass(storageClass)
        }
        try checkACL(request)
    }

    /// Checks the canned ACL and the grants of a new bucket or object.
    /// - Throws: `AccessControlListNotSupported`, or `InvalidArgument` for an ACL that S3 does not know.
    static func checkACL(_ request: some RequestSettings) throws(S3Error) {
        guard request.amz(startingWith: "x-amz-grant-").isEmpty else { throw .accessControlListNotSupported }
        guard let acl = request.amz("x-amz-acl"), !harmlessACLs.contains(acl) else { return }
        guard otherACLs.contains(acl) else { throw .invalidArgument("x-amz-acl", acl, "Unknown canned ACL.") }
        throw .accessControlListNotSupported
    }
}
