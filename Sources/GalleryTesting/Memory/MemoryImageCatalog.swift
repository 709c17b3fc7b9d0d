package import GalleryCore
import Synchronization

/// A catalog in memory, under the same contract as the others.
package final class MemoryImageCatalog: ImageCatalog {
    private struct Content {
        /// Oldest first; a position is an index plus one.
        var images: [GalleryImage] = []
        var standing: [ImageID: Int] = [:]
        var byDigest: [ContentDigest: Int] = [:]
        var rejections: [ImageID: Rejection] = [:]
    }

    private let content = Mutex(Content())

    package init() {}

    package func publish(_ image: GalleryImage) async throws(GalleryError) -> GalleryImage {
        content.withLock { content in
            if let index = content.standing[image.id] ?? content.byDigest[image.digest] {
                content.standing[image.id] = index
                return content.images[index]
            }
            content.standing[image.id] = content.images.count
            content.byDigest[image.digest] = content.images.count
            content.images.append(image)
            content.rejections[image.id] = nil
            return image
        }
    }

    package func reject(_ id: ImageID, _ rejection: Rejection) async throws(GalleryError) {
        content.withLock { content in
            if content.standing[id] == nil { content.rejections[id] = rejection }
        }
    }

    package func state(of id: ImageID) async throws(GalleryError) -> ImageState? {
        content.withLock { content in
            if let index = content.standing[id] { return .ready(content.images[index]) }
            return content.rejections[id].map(ImageState.rejected)
        }
    }

    package func image(with digest: ContentDigest) async throws(GalleryError) -> GalleryImage? {
        content.withLock { content in content.byDigest[digest].map { content.images[$0] } }
    }

    package func page(after cursor: PageCursor?, limit: Int) async throws(GalleryError) -> ImagePage {
        content.withLock { content in
            let end = cursor.map { min(Int($0.position) - 1, content.images.count) } ?? content.images.count
            let start = max(0, end - limit)
            let next = start > 0 && end > start ? PageCursor(position: Int64(start + 1)) : nil
            return ImagePage(images: content.images[start..<end].reversed(), next: next)
        }
    }
}
