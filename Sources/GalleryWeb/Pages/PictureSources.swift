import GalleryCore

/// Which of a picture's sizes browsers choose from, and how wide it will be; `ui/renditions.js` makes the same.
struct PictureSources {
    /// Bytes up to which the picture itself may stand beside its renditions.
    private static let lightByteCount: Int64 = 512 << 10
    /// The width from which a rendition is good enough for a large view.
    private static let ampleWidth = 1280

    private let image: GalleryImage
    private let original: String
    private let candidates: [String]

    init(_ image: GalleryImage, links: Links) {
        self.image = image
        candidates = image.details.renditions.map {
            links.address(of: PublishedFile(id: image.id, .rendition(width: $0.width)), origin: "") + " \($0.width)w"
        }
        original = links.source(of: image, origin: "")
    }

    /// The choice for a tile, without a heavy original; `nil` where there is only the picture itself.
    var small: String? { srcset(withOriginal: isLight && image.width > widest) }

    /// The choice for a view that fills the screen; animated pictures move there, so they have none.
    var large: String? {
        guard !image.details.isAnimated else { return nil }
        let isNeeded = widest < min(image.width, Self.ampleWidth)
        return srcset(withOriginal: (isLight && image.width > widest) || isNeeded)
    }

    /// How wide a tile is without scripts, by the arithmetic of `gallery.css`; scripts say it to the pixel.
    ///
    /// On the finest screens two thirds of the pixels are all that anyone can see in a tile.
    var tileSizes: String {
        let width = "min(100vw, \(shape) * clamp(140px, 110px + 10.5vw, 340px))"
        return "(min-resolution: 2.5dppx) calc(\(width) * 2 / 3), \(width)"
    }

    /// How wide the picture is on its own page, by the arithmetic of `image.css`.
    var pageSizes: String {
        "(max-width: 860px) min(100vw, \(shape) * 72vh, \(image.width)px), "
            + "min(100vw - 392px, \(shape) * (100vh - 112px), \(image.width)px)"
    }

    private var isLight: Bool { image.byteCount <= Self.lightByteCount }

    private var widest: Int { image.details.renditions.last?.width ?? 0 }

    /// Width by height, to a thousandth.
    private var shape: Double {
        max((Double(image.width) / Double(max(image.height, 1)) * 1000).rounded(), 1) / 1000
    }

    private func srcset(withOriginal isOriginalChosen: Bool) -> String? {
        guard !candidates.isEmpty else { return nil }
        let isOffered = isOriginalChosen && !image.details.isAnimated
        return (candidates + (isOffered ? ["\(original) \(image.width)w"] : [])).joined(separator: ", ")
    }
}
