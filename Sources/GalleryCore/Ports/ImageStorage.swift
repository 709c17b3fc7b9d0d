package import NIOCore

#if canImport(FoundationEssentials)
    package import FoundationEssentials
#else
    package import Foundation
#endif

/// Where the bytes live: `incoming/<id>` until ingest has looked at them, `images/<id>.<ext>` once they are public.
///
/// "Not there" is `nil`; failures are thrown as `GalleryError` (`storageFull`, `incompleteUpload`,
/// `storageUnavailable`).
package protocol ImageStorage: MultipartStorage, CompanionStorage {
    /// A URL for one PUT of exactly this file, and the headers it binds.
    ///
    /// - Parameters:
    ///   - id: The upload's id.
    ///   - request: The file, as it was announced.
    ///   - origin: Scheme and authority under which the client reaches us, `http://host:port`; a store elsewhere
    ///     ignores it.
    ///   - lifetime: When the URL is made and for how many seconds a request with it may start.
    /// - Returns: The URL and the headers that must go with it.
    /// - Throws: `GalleryError` when the store cannot make one.
    func presignUpload(
        _ id: ImageID,
        _ request: UploadRequest,
        origin: String,
        lifetime: (from: Date, seconds: Int)
    ) async throws(GalleryError) -> PresignedUpload

    /// Stores bytes that came through the API itself (a form, curl) as `incoming/<id>`, streaming.
    ///
    /// - Parameters:
    ///   - id: The upload's id.
    ///   - name: What the file was called.
    ///   - limit: The most bytes to take; more throw `tooLarge`.
    ///   - fill: Hands over the bytes piece by piece. What it throws is rethrown.
    /// - Throws: Nothing is stored then.
    func receive(
        _ id: ImageID,
        name: FileName,
        limit: Int64,
        fill: (_ write: (ByteBuffer) async throws -> Void) async throws -> Void
    ) async throws

    /// What was uploaded under this id and still waits for ingest.
    func incoming(_ id: ImageID) async throws(GalleryError) -> IncomingObject?

    /// A part of the very bytes `incoming` told of; `nil` when they are gone or others meanwhile.
    func readIncoming(_ object: IncomingObject, _ range: Range<Int>) async throws(GalleryError) -> ByteBuffer?

    /// Every id that waits for ingest, some at a time.
    func incomingIDs(after: ImageID?, limit: Int) async throws(GalleryError) -> [ImageID]

    /// Hands over the very bytes `incoming` told of, all of them in order.
    ///
    /// - Parameters:
    ///   - object: What was looked at; other bytes under its key are not read.
    ///   - take: Takes a piece; the next one comes when it returns. What it throws is rethrown.
    /// - Returns: False when the bytes are gone or others meanwhile; some of them may have been handed over.
    /// - Throws: `storageUnavailable`, `storageNotReached`.
    func readIncoming(_ object: IncomingObject, _ take: (ByteBuffer) async throws -> Void) async throws -> Bool

    /// Makes a file public: nothing of it can be seen before all of it is there. What stood under its name is replaced.
    ///
    /// - Parameters:
    ///   - file: The public name.
    ///   - fill: Hands over the bytes piece by piece. What it throws is rethrown, and nothing is changed then.
    /// - Throws: `storageFull`, `storageUnavailable`, `storageNotReached`.
    func publish(
        _ file: PublishedFile,
        fill: (_ write: (ByteBuffer) async throws -> Void) async throws -> Void
    ) async throws

    /// Takes public bytes away again. Idempotent.
    func unpublish(_ files: [PublishedFile]) async throws(GalleryError)

    /// Keeps the very bytes `incoming` told of as `originals/<id>`, which is never public. Idempotent.
    ///
    /// - Returns: False when the bytes are gone or others meanwhile; nothing is kept then.
    /// - Throws: `storageFull`, `storageUnavailable`, `storageNotReached`.
    func keepOriginal(_ object: IncomingObject) async throws(GalleryError) -> Bool

    /// Drops the bytes that were kept, if there are any.
    func dropOriginal(_ id: ImageID) async throws(GalleryError)

    /// Drops the uploaded bytes but keeps the key taken until no ticket for it can be alive, so that a URL works once
    /// only.
    func spendIncoming(_ id: ImageID) async throws(GalleryError)

    /// Frees the keys of spent uploads that are older than `age` seconds.
    func forgetSpent(olderThan age: Int) async throws(GalleryError)

    /// A public file, ready to be read; `nil` when there is none.
    func published(_ file: PublishedFile) async throws(GalleryError) -> PublishedObject?

    /// Where anyone may fetch a public file without us, such as a CDN; `nil` when we serve it.
    func publicAddress(of file: PublishedFile) -> String?

    /// A URL for one download of a public file under the name it had.
    ///
    /// - Parameters:
    ///   - file: The file.
    ///   - name: What it shall be called where it arrives.
    ///   - origin: As in `presignUpload`.
    ///   - lifetime: When the URL is made and for how many seconds a request with it may start.
    /// - Returns: The URL.
    /// - Throws: `GalleryError` when the store cannot make one.
    func presignDownload(
        _ file: PublishedFile,
        as name: FileName,
        origin: String,
        lifetime: (from: Date, seconds: Int)
    ) async throws(GalleryError) -> String

    /// Throws when the store could not take an upload now.
    func checkReady() async throws(GalleryError)
}

/// An upload that waits for ingest.
package struct IncomingObject: Hashable, Sendable {
    package let id: ImageID
    package let byteCount: Int64
    /// What identifies the bytes; `nil` when the store vouches for none, so that they must be read for it.
    package let digest: ContentDigest?
    package let name: FileName
    /// The store's own mark of these bytes (an ETag), so that others under the same key are not taken for them.
    package let version: String

    package init(id: ImageID, content: (byteCount: Int64, digest: ContentDigest?), name: FileName, version: String) {
        self.id = id
        byteCount = content.byteCount
        digest = content.digest
        self.name = name
        self.version = version
    }
}

/// Public bytes; they stay readable as long as this value is held, whatever happens to their key.
package struct PublishedObject: Sendable {
    package let byteCount: Int64
    /// Without quotes.
    package let etag: String
    package let lastModified: Date
    /// Reads a part; all of it is in memory at once, so callers go in steps.
    package let read: @Sendable (Range<Int64>) async throws -> ByteBuffer

    package init(
        byteCount: Int64,
        etag: String,
        lastModified: Date,
        read: @escaping @Sendable (Range<Int64>) async throws -> ByteBuffer
    ) {
        self.byteCount = byteCount
        self.etag = etag
        self.lastModified = lastModified
        self.read = read
    }
}
