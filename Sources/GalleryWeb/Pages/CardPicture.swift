import GalleryCore
import ImageMetadata

/// The picture that chat programs and other sites show for a page (Open Graph's `og:image`).
///
/// They take what browsers took ten years ago, and drop what is heavy: so it is the picture itself when it is light and
/// of a format that all of them know, else a rendition; `docs/decisions/0026` says why.
struct CardPicture {
    private static let formats: Set<ImageFormat> = [.jpeg, .png, .gif, .webp]
    private static let lightByteCount: Int64 = 1 << 20
    private static let longestSide = 2048
    /// The widest rendition; cards are shown about 1200 pixels wide at most.
    private static let widestRendition = 1280

    let address: String
    let type: String
    let width: Int
    let height: Int

    init(_ image: GalleryImage, origin: String, links: Links) {
        let isFit =
            Self.formats.contains(image.format) && image.byteCount <= Self.lightByteCount
            && max(image.width, image.height) <= Self.longestSide
        let rendition = image.details.renditions.last { $0.width <= Self.widestRendition }
        guard !isFit, let rendition else {
            address = links.source(of: image, origin: origin)
            (type, width, height) = (image.format.mediaType, image.width, image.height)
            return
        }
        let file = PublishedFile(id: image.id, .rendition(width: rendition.width))
        address = links.address(of: file, origin: origin)
        (type, width, height) = (file.format.mediaType, rendition.width, rendition.height)
    }
}
