/// Which multipart upload: its id, and the object it is to become.
package struct MultipartUpload: Hashable, Sendable {
    /// The most parts of an upload, and the highest number of one (AWS, "Multipart upload limits").
    package static let maximumPartCount = 10_000
    /// The most bytes of one part (AWS, "Multipart upload limits").
    package static let maximumPartByteCount: Int64 = 5 << 30

    /// The bucket of the object.
    package let bucket: BucketName
    /// The key of the object.
    package let key: ObjectKey
    /// The id, which belongs to this bucket and key only.
    package let id: MultipartUploadID

    /// Names an upload; whether there is one of that name is seen when it is used.
    package init(bucket: BucketName, key: ObjectKey, id: MultipartUploadID) {
        self.bucket = bucket
        self.key = key
        self.id = id
    }
}
