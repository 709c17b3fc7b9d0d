/// Why the store refused or failed; with every case nothing was changed, unless the case says otherwise.
package enum ObjectStoreError: Error, Sendable, Equatable {
    /// No bucket has this name.
    case noSuchBucket(BucketName)
    /// A bucket to be deleted has objects.
    case bucketNotEmpty(BucketName)
    /// A bucket to be deleted is one that the store is configured with.
    case bucketInUse(BucketName)
    /// The ``WriteCondition`` does not hold.
    case preconditionFailed
    /// The body has fewer or more bytes than declared; `got` counts up to where it was noticed.
    case incompleteBody(expected: Int64, got: Int64)
    /// The body is not the one that was announced.
    case badDigest(DigestMismatch)
    /// The metadata is longer than a trailer may be; the limit is in bytes.
    case metadataTooLarge(limit: Int)
    /// No unfinished multipart upload has this id, bucket and key: it was completed, aborted or never started.
    case noSuchUpload(MultipartUploadID)
    /// A part that was listed is not there, or is another one than the list says.
    case invalidPart(number: Int)
    /// The numbers of the listed parts do not ascend.
    case invalidPartOrder
    /// A part before the last one is shorter than parts have to be; the minimum is in bytes.
    case partTooSmall(StoredPart, minimum: Int64)
    /// The disk is full, or would be fuller than ``ObjectStore/Configuration/keepFreeBytes`` allows.
    case noSpace
    /// The file of this object is not what the store wrote.
    case corrupted(ObjectKey)
    /// The system refused `operation`; a write whose last step failed this way may still have become visible.
    case storageUnavailable(operation: String, errno: Int32)
}
