import GalleryCore

/// A catalog to which something else happens right before one of its calls.
struct InterruptedCatalog: ImageCatalog {
    /// The call before which it happens.
    enum Moment: Sendable {
        case lead, publish
    }

    /// What is called.
    let catalog: any ImageCatalog
    /// Before which call it happens.
    let moment: Moment
    /// What happens.
    let interrupt: @Sendable () async -> Void

    func publish(_ image: GalleryImage) async throws(GalleryError) -> GalleryImage {
        if moment == .publish { await interrupt() }
        return try await catalog.publish(image)
    }

    func lead(
        _ id: ImageID,
        to digest: ContentDigest,
        of owner: OwnerID?
    ) async throws(GalleryError) -> GalleryImage? {
        if moment == .lead { await interrupt() }
        return try await catalog.lead(id, to: digest, of: owner)
    }

    func bind(_ id: ImageID, to owner: OwnerID) async throws(GalleryError) {
        try await catalog.bind(id, to: owner)
    }

    func owner(of id: ImageID) async throws(GalleryError) -> OwnerID? {
        try await catalog.owner(of: id)
    }

    var isShared: Bool { catalog.isShared }

    func lease(_ id: ImageID, to worker: WorkerID, seconds: Int) async throws(GalleryError) -> Bool {
        try await catalog.lease(id, to: worker, seconds: seconds)
    }

    func release(_ id: ImageID, by worker: WorkerID) async throws(GalleryError) {
        try await catalog.release(id, by: worker)
    }

    func reject(_ id: ImageID, _ rejection: Rejection) async throws(GalleryError) {
        try await catalog.reject(id, rejection)
    }

    func update(_ image: GalleryImage) async throws(GalleryError) -> Bool { try await catalog.update(image) }

    func remove(_ id: ImageID) async throws(GalleryError) {
        try await catalog.remove(id)
    }

    func state(of id: ImageID) async throws(GalleryError) -> ImageState? {
        try await catalog.state(of: id)
    }

    func image(with digest: ContentDigest, of owner: OwnerID?) async throws(GalleryError) -> GalleryImage? {
        try await catalog.image(with: digest, of: owner)
    }

    func page(after cursor: PageCursor?, limit: Int) async throws(GalleryError) -> ImagePage {
        try await catalog.page(after: cursor, limit: limit)
    }
}
