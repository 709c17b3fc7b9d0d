import AWSTransport
import DynamoDB
import GalleryCore
import S3

extension GalleryError {
    /// What a failure of the store or the table means to the gallery.
    init(_ error: any Error, during operation: String) {
        switch error {
        case let error as GalleryError: self = error
        case let error as AWSError where error.isWrongDigest || error.code == "IncompleteBody":
            self = .incompleteUpload
        case let error as AWSError where error.isFull: self = .storageFull
        case let error as AWSError where error.isRetryable:
            self = .storageNotReached(operation: operation, underlying: error)
        case let error as DynamoDBError where error.isTransient:
            self = .storageNotReached(operation: operation, underlying: error)
        default: self = .storageUnavailable(operation: operation, underlying: error)
        }
    }
}

extension AWSError {
    /// Whether the store has no room left, in the words of Ceph, MinIO and WebDAV.
    fileprivate var isFull: Bool {
        switch code {
        case "QuotaExceeded", "XMinioStorageFull", "InsufficientCapacity": true
        default: status == 507
        }
    }

    /// Whether what was to be read is not what it was: gone, replaced, or shorter.
    var isOutdated: Bool { isRefusedCondition || code == "InvalidRange" }
}
