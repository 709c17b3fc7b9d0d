/// The index of images, newest first.
///
/// Every call is idempotent: ingest may repeat any of them after a crash or a doubled event.
/// All failures are thrown as `GalleryError.storageUnavailable`, or `storageNotReached` when another try is worth it.
package protocol ImageCatalog: Sendable {
    /// Adds a picture unless its owner has these bytes there already; people who did not sign in are one owner.
    ///
    /// One of several callers with the same bytes wins; all get the winner.
    ///
    /// - Returns: The picture that stands in the gallery for these bytes: `image` itself, or the one that was there
    ///   first. From then on `state(of: image.id)` answers with it.
    func publish(_ image: GalleryImage) async throws(GalleryError) -> GalleryImage

    /// Adds an id to the owner's picture that has these bytes, if there is one: in one step, so that it cannot be
    /// removed in between.
    ///
    /// - Parameters:
    ///   - id: The id of a later upload; `state(of:)` answers with the picture from then on.
    ///   - digest: What identifies the bytes.
    ///   - owner: Who brought them.
    /// - Returns: The picture; `nil` when these bytes have to be published first.
    /// - Throws: `storageUnavailable`.
    func lead(
        _ id: ImageID,
        to digest: ContentDigest,
        of owner: OwnerID?
    ) async throws(GalleryError) -> GalleryImage?

    /// Remembers who may send the bytes of an upload, for ``ImageCatalogLifetimes/bindingSeconds`` at least.
    ///
    /// An id is bound once: a second owner changes nothing.
    func bind(_ id: ImageID, to owner: OwnerID) async throws(GalleryError)

    /// Who may send the bytes of an upload; `nil` when nobody was named.
    func owner(of id: ImageID) async throws(GalleryError) -> OwnerID?

    /// Whether processes besides this one write to it, so that news must be looked for.
    var isShared: Bool { get }

    /// Gives one worker the right to look at an upload, for some seconds from now.
    ///
    /// The worker that has it gets it anew, for so many seconds from now. Workers that share a catalog have clocks that
    /// differ by less than these seconds.
    ///
    /// - Parameters:
    ///   - id: The upload.
    ///   - worker: Who wants to look at it.
    ///   - seconds: How long.
    /// - Returns: Whether the worker has the right now; false when another one has it.
    /// - Throws: `storageUnavailable`, `storageNotReached`.
    func lease(_ id: ImageID, to worker: WorkerID, seconds: Int) async throws(GalleryError) -> Bool

    /// Ends a lease before its time; one that the worker does not have stays as it is.
    func release(_ id: ImageID, by worker: WorkerID) async throws(GalleryError)

    /// Remembers why an upload was refused, for a while. A published id stays published.
    func reject(_ id: ImageID, _ rejection: Rejection) async throws(GalleryError)

    /// Replaces what is known of a picture's public files: format, sides, size and details.
    ///
    /// - Parameter image: The picture with its new files; id, bytes and owner are those that stand there.
    /// - Returns: False when there is no such picture (any more).
    /// - Throws: `storageUnavailable`, `storageNotReached`.
    func update(_ image: GalleryImage) async throws(GalleryError) -> Bool

    /// Forgets a picture, with the ids of later uploads of the same bytes; its bytes may be published anew.
    func remove(_ id: ImageID) async throws(GalleryError)

    /// `ready` or `rejected` when ingest has finished with the id; `nil` when the catalog knows nothing of it.
    func state(of id: ImageID) async throws(GalleryError) -> ImageState?

    /// The owner's picture with these bytes, or `nil`.
    func image(with digest: ContentDigest, of owner: OwnerID?) async throws(GalleryError) -> GalleryImage?

    /// One page, newest first; costs the same wherever it starts.
    ///
    /// - Parameters:
    ///   - cursor: The end of the page before; `nil` for the first.
    ///   - limit: The most images to return, 1 or more.
    /// - Returns: The images, and where the next page starts.
    /// - Throws: `storageUnavailable`.
    func page(after cursor: PageCursor?, limit: Int) async throws(GalleryError) -> ImagePage
}

/// How long catalogs remember what is not a picture.
package enum ImageCatalogLifetimes {
    /// Why an upload was refused.
    package static let rejectionSeconds = 24 * 3600
    /// Whose an upload is: longer than a store keeps one that nobody has looked at.
    package static let bindingSeconds = 30 * 24 * 3600
}

/// One page of the gallery.
package struct ImagePage: Hashable, Sendable {
    package let images: [GalleryImage]
    /// Where the next page starts; `nil` on the last.
    package let next: PageCursor?

    package init(images: [GalleryImage], next: PageCursor?) {
        self.images = images
        self.next = next
    }
}
