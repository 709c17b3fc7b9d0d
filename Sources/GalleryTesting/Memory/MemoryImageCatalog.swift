package import GalleryCore
import Synchronization

#if canImport(FoundationEssentials)
    package import FoundationEssentials
#else
    package import Foundation
#endif

/// A catalog in memory, under the same contract as the others.
package final class MemoryImageCatalog: ImageCatalog {
    private struct Content {
        /// Oldest first; a position is an index plus one, and a removed image leaves a gap.
        var images: [GalleryImage?] = []
        var standing: [ImageID: Int] = [:]
        var byDigest: [Bytes: Int] = [:]
        var bindings: [ImageID: OwnerID] = [:]
        var rejections: [ImageID: Rejection] = [:]
    }

    /// What makes two pictures the same.
    private struct Bytes: Hashable {
        let digest: ContentDigest
        let owner: OwnerID?

        init(_ digest: ContentDigest, of owner: OwnerID?) {
            self.digest = digest
            self.owner = owner
        }

        init(of image: GalleryImage) {
            self.init(image.digest, of: image.owner)
        }
    }

    private let content = Mutex(Content())
    private let leases = LeaseBook()
    private let now: @Sendable () -> Date
    package let isShared: Bool

    /// An empty catalog.
    ///
    /// - Parameters:
    ///   - isShared: Whether several galleries are to be told that others write to it.
    ///   - now: The clock, for leases.
    package init(isShared: Bool = false, now: @escaping @Sendable () -> Date = { Date() }) {
        self.isShared = isShared
        self.now = now
    }

    package func publish(_ image: GalleryImage) async throws(GalleryError) -> GalleryImage {
        content.withLock { content in
            if let index = content.standing[image.id] ?? content.byDigest[Bytes(of: image)],
                let standing = content.images[index]
            {
                content.standing[image.id] = index
                return standing
            }
            content.standing[image.id] = content.images.count
            content.byDigest[Bytes(of: image)] = content.images.count
            content.images.append(image)
            content.rejections[image.id] = nil
            return image
        }
    }

    package func lead(
        _ id: ImageID,
        to digest: ContentDigest,
        of owner: OwnerID?
    ) async throws(GalleryError) -> GalleryImage? {
        content.withLock { content in
            guard let index = content.byDigest[Bytes(digest, of: owner)], let standing = content.images[index] else {
                return nil
            }
            content.standing[id] = index
            return standing
        }
    }

    package func bind(_ id: ImageID, to owner: OwnerID) async throws(GalleryError) {
        content.withLock { content in
            if content.bindings[id] == nil { content.bindings[id] = owner }
        }
    }

    package func owner(of id: ImageID) async throws(GalleryError) -> OwnerID? {
        content.withLock { $0.bindings[id] }
    }

    package func lease(_ id: ImageID, to worker: WorkerID, seconds: Int) async throws(GalleryError) -> Bool {
        leases.lease(id, to: worker, from: now(), seconds: seconds)
    }

    package func release(_ id: ImageID, by worker: WorkerID) async throws(GalleryError) {
        leases.release(id, by: worker)
    }

    package func reject(_ id: ImageID, _ rejection: Rejection) async throws(GalleryError) {
        content.withLock { content in
            if content.standing[id] == nil { content.rejections[id] = rejection }
        }
    }

    package func update(_ image: GalleryImage) async throws(GalleryError) -> Bool {
        content.withLock { content in
            guard let index = content.standing[image.id], content.images[index]?.id == image.id else { return false }
            content.images[index] = image
            return true
        }
    }

    package func remove(_ id: ImageID) async throws(GalleryError) {
        content.withLock { content in
            guard let index = content.standing[id], let image = content.images[index], image.id == id else { return }
            content.images[index] = nil
            content.byDigest[Bytes(of: image)] = nil
            content.standing = content.standing.filter { $0.value != index }
        }
    }

    package func state(of id: ImageID) async throws(GalleryError) -> ImageState? {
        content.withLock { content in
            if let image = content.standing[id].flatMap({ content.images[$0] }) { return .ready(image) }
            return content.rejections[id].map(ImageState.rejected)
        }
    }

    package func image(
        with digest: ContentDigest,
        of owner: OwnerID?
    ) async throws(GalleryError) -> GalleryImage? {
        content.withLock { content in content.byDigest[Bytes(digest, of: owner)].flatMap { content.images[$0] } }
    }

    package func page(after cursor: PageCursor?, limit: Int) async throws(GalleryError) -> ImagePage {
        content.withLock { content in
            let end = cursor.map { min(Int($0.position) - 1, content.images.count) } ?? content.images.count
            let found = content.images.indices.prefix(max(end, 0)).reversed().filter { content.images[$0] != nil }
            let shown = found.prefix(limit)
            let next = found.count > limit ? shown.last.map { PageCursor(position: Int64($0 + 1)) } : nil
            return ImagePage(images: shown.compactMap { content.images[$0] }, next: next)
        }
    }
}
