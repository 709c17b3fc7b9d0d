/// Where an object is: a key in a bucket.
package struct S3Location: Hashable, Sendable, CustomStringConvertible {
    /// The bucket.
    package let bucket: S3Bucket
    /// The key in it.
    package let key: S3Key

    /// Names an object.
    package init(bucket: S3Bucket, key: S3Key) {
        self.bucket = bucket
        self.key = key
    }

    /// The location as people write it, `s3://bucket/key`.
    package var description: String { "s3://\(bucket)/\(key)" }
}
