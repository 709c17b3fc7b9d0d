import GalleryCore
import ImageMetadata
import Testing

@testable import GalleryWeb

@Suite("What browsers choose from")
struct PictureSourcesTests {
    private func sources(
        _ format: ImageFormat = .jpeg,
        _ width: Int = 4032,
        byteCount: Int64 = 3_565_158,
        isAnimated: Bool = false
    ) throws -> PictureSources {
        let image = try SampleImage.make(format, width, 3024, byteCount: byteCount) { details in
            details.frameCount = isAnimated ? 12 : 1
        }
        return PictureSources(image, links: SampleImage.links)
    }

    private func widths(_ srcset: String?) -> [String] {
        (srcset ?? "").split(separator: ", ").compactMap { $0.split(separator: " ").last.map(String.init) }
    }

    @Test("are the renditions, narrowest first, by paths; a heavy original is not among them")
    func renditions() throws {
        let small = try #require(try sources().small)
        #expect(small.hasPrefix("/renditions/abcdefghijkm/320.webp 320w, /renditions/abcdefghijkm/640.webp 640w, "))
        #expect(widths(small) == ["320w", "640w", "1280w", "2048w"])
        #expect(try widths(sources().large) == widths(small))
    }

    @Test("include a light original, which is sharper than its renditions")
    func lightOriginal() throws {
        #expect(try sources(byteCount: 400_000).small?.hasSuffix(", /images/abcdefghijkm.jpg 4032w") == true)
    }

    @Test(
        "include a heavy original only for a large view of a picture whose renditions are small",
        arguments: [1000, 1280]
    )
    func smallRenditions(width: Int) throws {
        #expect(try widths(sources(.jpeg, width).small) == ["320w", "640w"])
        #expect(try widths(sources(.jpeg, width).large) == ["320w", "640w", "\(width)w"])
        #expect(try widths(sources(.jpeg, 1281).large) == ["320w", "640w", "1280w"])
    }

    @Test("are stills in the grid for what moves, and only the original where it is to move")
    func animated() throws {
        let animated = try sources(.gif, 700, byteCount: 100_000, isAnimated: true)
        #expect(widths(animated.small) == ["320w", "640w"])
        #expect(animated.large == nil)
    }

    @Test("are nothing where there is only the picture itself")
    func noRenditions() throws {
        #expect(try sources(.png, 320).small == nil)
        #expect(try sources(.png, 320).large == nil)
    }

    @Test("come with the width that the style sheets give the picture")
    func sizes() throws {
        let width = "min(100vw, 1.333 * clamp(140px, 110px + 10.5vw, 340px))"
        #expect(try sources().tileSizes == "(min-resolution: 2.5dppx) calc(\(width) * 2 / 3), \(width)")
        #expect(try sources().pageSizes.contains("min(100vw, 1.333 * 72vh, 4032px), min(100vw - "))
    }
}

@Suite("What other sites show of a page")
struct CardPictureTests {
    private func card(_ format: ImageFormat, _ width: Int, byteCount: Int64) throws -> CardPicture {
        let image = try SampleImage.make(format, width, 900, byteCount: byteCount)
        return CardPicture(image, origin: "https://pictures.example", links: SampleImage.links)
    }

    @Test(
        "is the picture itself when it is light and of a format that all know",
        arguments: [ImageFormat.jpeg, .png, .webp]
    )
    func light(format: ImageFormat) throws {
        let card = try card(format, 1600, byteCount: 900_000)
        #expect(card.address == "https://pictures.example/images/abcdefghijkm.\(format.fileExtension)")
        #expect(card.type == format.mediaType && card.width == 1600 && card.height == 900)
    }

    @Test(
        "is a rendition of 1280 pixels when the picture is heavy, huge, or new",
        arguments: [(.jpeg, 1600, 2_000_000), (.jpeg, 4032, 900_000), (.avif, 1600, 1000)]
            as [(ImageFormat, Int, Int64)]
    )
    func rendition(format: ImageFormat, width: Int, byteCount: Int64) throws {
        let card = try card(format, width, byteCount: byteCount)
        #expect(card.address == "https://pictures.example/renditions/abcdefghijkm/1280.webp")
        #expect(card.type == "image/webp" && card.width == 1280)
    }

    @Test("is the picture itself where there is nothing else")
    func nothingElse() throws {
        #expect(try card(.avif, 300, byteCount: 1000).address.hasSuffix("/images/abcdefghijkm.avif"))
    }
}
