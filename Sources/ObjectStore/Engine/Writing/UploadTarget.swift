/// Where a write goes, and on which condition.
struct UploadTarget: Sendable {
    /// The bucket.
    let bucket: BucketName
    /// The key in the bucket.
    let key: ObjectKey
    /// What must hold of the key.
    let condition: WriteCondition
}
