import GalleryCore
import ImageMetadata

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// A picture as the API writes it.
struct ImageJSON: Encodable {
    let id: String
    let state = "ready"
    let name: String
    let format: String
    let type: String
    let width: Int
    let height: Int
    /// `WxH`.
    let meta: String
    let size: Int64
    /// In base64, as in `x-amz-checksum-sha256`.
    let sha256: String
    let createdAt: Date
    /// Where the bytes are.
    let src: String
    /// Where people look at it.
    let page: String
    /// Smaller ones, narrowest first.
    let renditions: [RenditionJSON]
    let placeholder: PlaceholderJSON?
    /// True when it moves.
    let animated: Bool?
    let camera: CameraJSON?
    /// True when the upload said where it was taken, and what is public does not.
    let positionRemoved: Bool?
    /// Allows to remove the picture; only whoever has just brought it is told.
    var deleteToken: String?
    /// True when the person who asks brought it; whose other pictures are, nobody is told.
    var mine: Bool?

    private enum CodingKeys: CodingKey {
        case id, state, name, format, type, width, height, meta, size, sha256, createdAt, src, page, renditions
        case placeholder, animated, camera, positionRemoved, deleteToken, mine
    }

    init(_ image: GalleryImage, src: String, page: String, renditions: [RenditionJSON]) {
        id = image.id.rawValue
        name = image.name.description
        format = image.format.rawValue
        type = image.format.mediaType
        width = image.width
        height = image.height
        meta = image.meta
        size = image.byteCount
        sha256 = image.digest.base64
        createdAt = image.createdAt
        self.src = src
        self.page = page
        self.renditions = renditions
        placeholder = image.details.placeholder.map(PlaceholderJSON.init)
        animated = image.details.isAnimated ? true : nil
        camera = image.details.camera.map(CameraJSON.init)
        positionRemoved = image.details.hadPosition ? true : nil
    }
}

/// An upload that is not in the gallery.
struct UploadStateJSON: Encodable {
    let id: String
    let state: String
    var reason: String?
    var detail: String?
    var deleteToken: String?
}

extension PublishedFile {
    /// The path of the public bytes.
    var address: String { "/\(path)" }
}

extension GalleryImage {
    /// The path of the image's own page.
    var pagePath: String { "/i/\(id)" }
}
