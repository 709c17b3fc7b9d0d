#if canImport(FoundationEssentials)
    package import FoundationEssentials
#else
    package import Foundation
#endif

/// Uploads in parts, for files above the single-PUT limit: S3's multipart uploads to `incoming/<id>`.
///
/// An upload that was aborted, completed or swept is "not there": `nil`. Failures are thrown as `GalleryError`.
package protocol MultipartStorage: Sendable {
    /// Begins an upload in parts.
    ///
    /// - Parameters:
    ///   - id: The upload's id.
    ///   - name: What the file is called.
    ///   - mediaType: The label its bytes are stored with.
    ///   - bindsDigests: Whether every part will bring its SHA-256.
    /// - Returns: The upload, which the store knows from now on.
    /// - Throws: `storageFull`, `storageUnavailable`.
    func beginMultipart(
        _ id: ImageID,
        name: FileName,
        mediaType: String,
        bindsDigests: Bool
    ) async throws(GalleryError) -> LargeUpload

    /// A URL for one PUT of exactly this part, and the headers it binds.
    ///
    /// - Parameters:
    ///   - part: The part, as it was announced.
    ///   - upload: The upload it belongs to.
    ///   - origin: As in `presignUpload`.
    ///   - lifetime: When the URL is made and for how many seconds a request with it may start.
    /// - Returns: The URL and the headers that must go with it.
    /// - Throws: `GalleryError` when the store cannot make one.
    func presignPart(
        _ part: UploadPart,
        of upload: LargeUpload,
        origin: String,
        lifetime: (from: Date, seconds: Int)
    ) async throws(GalleryError) -> PresignedUpload

    /// What the store has of the upload, in order of the numbers; `nil` when there is no such upload.
    func parts(of upload: LargeUpload) async throws(GalleryError) -> [ArrivedPart]?

    /// Joins the parts to `incoming/<id>`, unless something stands there.
    ///
    /// - Parameters:
    ///   - upload: The upload.
    ///   - parts: What `parts(of:)` said, all of them.
    /// - Returns: False when there is no such upload (any more), or the key is taken: look what became of the id.
    /// - Throws: `incompleteUpload` when a part is another meanwhile, `storageFull`, `storageUnavailable`.
    func completeMultipart(_ upload: LargeUpload, parts: [ArrivedPart]) async throws(GalleryError) -> Bool

    /// Drops the upload and its parts. Idempotent.
    func abortMultipart(_ upload: LargeUpload) async throws(GalleryError)

    /// Drops every upload that was begun more than `age` seconds ago.
    func forgetUnfinished(olderThan age: Int) async throws(GalleryError)
}

/// An upload in parts, as the store knows it.
package struct LargeUpload: Hashable, Sendable {
    package let id: ImageID
    /// The store's own name for it.
    package let storageID: String

    package init(id: ImageID, storageID: String) {
        self.id = id
        self.storageID = storageID
    }
}

/// A part that someone is about to send.
package struct UploadPart: Hashable, Sendable {
    /// 1…10,000.
    package let number: Int
    /// The part's exact size; `nil` when the sender's protocol does not say it (Uppy's).
    package let byteCount: Int64?
    /// The SHA-256 of the part's bytes; `nil` when the sender's protocol does not say it.
    package let digest: ContentDigest?

    package init(number: Int, byteCount: Int64?, digest: ContentDigest?) {
        self.number = number
        self.byteCount = byteCount
        self.digest = digest
    }
}

/// A part that the store has.
package struct ArrivedPart: Hashable, Sendable {
    package let number: Int
    package let byteCount: Int64
    /// Without quotes.
    package let etag: String
    /// The SHA-256 of its bytes, when the store checked it.
    package let digest: ContentDigest?

    package init(number: Int, byteCount: Int64, etag: String, digest: ContentDigest?) {
        self.number = number
        self.byteCount = byteCount
        self.etag = etag
        self.digest = digest
    }
}
