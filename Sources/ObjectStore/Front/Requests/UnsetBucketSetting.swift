/// A setting of S3's buckets that this store has none of, by the name of its sub-resource.
///
/// Clients look before they act (s3cmd, rclone, Terraform), so reading one is answered as S3 answers where nobody ever
/// set it. Writing one is `NotImplemented`.
enum UnsetBucketSetting: String, Sendable {
    case accelerate
    case acl
    case encryption
    case lifecycle
    case logging
    case notification
    case objectLock = "object-lock"
    case ownershipControls
    case policy
    case policyStatus
    case publicAccessBlock
    case replication
    case requestPayment
    case tagging
    case versioning
    case website
}

/// A setting of S3's objects that this store has none of, by the name of its sub-resource.
enum UnsetObjectSetting: String, Sendable {
    case acl
    case legalHold = "legal-hold"
    case retention
    case tagging
}
