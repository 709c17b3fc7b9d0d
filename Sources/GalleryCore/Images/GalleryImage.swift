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
    /// The format of the public file.
    package let format: ImageFormat
    /// Width in pixels as displayed.
    package let width: Int
    /// Height in pixels as displayed.
    package let height: Int
    /// Bytes of the public file.
    package let byteCount: Int64
    /// What identifies the bytes that were uploaded.
    package let digest: ContentDigest
    /// Who brought it; `nil` for people who did not sign in.
    package let owner: OwnerID?
    /// When it became public, to the millisecond.
    package let createdAt: Date
    /// What is shown of it beside itself.
    package var details: ImageDetails

    package init(
        id: ImageID,
        name: FileName,
        header: (format: ImageFormat, width: Int, height: Int),
        content: (byteCount: Int64, digest: ContentDigest),
        owner: OwnerID? = nil,
        createdAt: Date,
        details: ImageDetails = ImageDetails()
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
        self.details = details
    }

    /// Where its bytes are public.
    package var file: PublishedFile { PublishedFile(id: id, format: format) }

    /// Where its renditions are public, narrowest first.
    package var renditionFiles: [PublishedFile] {
        details.renditions.map { PublishedFile(id: id, .rendition(width: $0.width)) }
    }

    /// Everything of it that is public.
    package var files: [PublishedFile] { [file] + renditionFiles }

    /// The dimensions as the mission's gallery writes them: `WxH`.
    package var meta: String { "\(width)x\(height)" }
}
