/// Why the gallery could not do what it was asked.
///
/// Knows nothing of HTTP; `GalleryWeb/Problems` maps it to answers.
package enum GalleryError: Error, Sendable {
    /// Nothing is known of this id.
    case imageNotFound(ImageID)
    /// The request does not say what it must; the text tells what and how.
    case invalidRequest(String)
    /// More bytes than one upload may have.
    case tooLarge(limit: Int64)
    /// The bytes were looked at and refused.
    case rejected(Rejection)
    /// Fewer or other bytes arrived than were announced. Nothing was stored.
    case incompleteUpload
    /// The disk has no room left for uploads.
    case storageFull
    /// The store or the catalog failed; `operation` says what was tried.
    case storageUnavailable(operation: String, underlying: any Error)
}
