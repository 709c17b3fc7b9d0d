package import ImageMetadata

#if canImport(FoundationEssentials)
    package import FoundationEssentials
#else
    package import Foundation
#endif

/// A picture that was looked at and stands in the gallery.
package struct GalleryImage: Hashable, Sendable, Identifiable {
    package let id: ImageID
    package let name: FileName
    package let format: ImageFormat
    /// Width in pixels as displayed.
    package let width: Int
    /// Height in pixels as displayed.
    package let height: Int
    package let byteCount: Int64
    package let digest: ContentDigest
    /// Who brought it; `nil` for people who did not sign in.
    package let owner: OwnerID?
    /// When it became public, to the millisecond.
    package let createdAt: Date

    package init(
        id: ImageID,
        name: FileName,
        header: (format: ImageFormat, width: Int, height: Int),
        content: (byteCount: Int64, digest: ContentDigest),
        owner: OwnerID? = nil,
        createdAt: Date
    ) {
        self.id = id
        self.name = name
        format = header.format
        width = header.width
        height = header.height
        byteCount = content.byteCount
        digest = content.digest
        self.owner = owner
        self.createdAt = createdAt
    }

    /// Where its bytes are public.
    package var file: PublishedFile { PublishedFile(id: id, format: format) }

    /// The dimensions as the mission's gallery writes them: `WxH`.
    package var meta: String { "\(width)x\(height)" }
}
