import GalleryCore
import ObjectStore

extension GalleryError {
    /// What a failure of the store means to the gallery.
    init(_ error: any Error, during operation: String) {
        switch error {
        case let error as GalleryError: self = error
        case ObjectStoreError.noSpace: self = .storageFull
        case ObjectStoreError.incompleteBody: self = .incompleteUpload
        default: self = .storageUnavailable(operation: operation, underlying: error)
        }
    }
}
