import GalleryTesting
import ImageMetadata
import Testing

/// Files that were made to hurt: each is told for what it is, at once and in little memory.
@Suite("bad inputs", .timeLimit(.minutes(1)))
struct BadInputTests {
    @Test("a PNG of 65536² pixels and a JPEG of 65535² are told by their headers, and cleaned without decoding")
    func pixelBombs() {
        var options = ImageBuilder.PNGOptions()
        options.hasPixels = false
        options.beforePixels = ImageBuilder.pngChunk("tEXt", Array("Comment\0SECRET".utf8))
        let png = ImageBuilder.png(width: 65536, height: 65536, options: options)
        #expect(Reading(png).header.map { [$0.width, $0.height] } == [65536, 65536])
        #expect(Cleaning(png).lacks("SECRET"))
        var jpegOptions = ImageBuilder.JPEGOptions()
        jpegOptions.hasPixels = false
        let jpeg = ImageBuilder.jpeg(width: 65535, height: 65535, options: jpegOptions)
        #expect(Reading(jpeg).header.map { [$0.width, $0.height] } == [65535, 65535])
        #expect(Cleaning(jpeg).isIdentity)
    }

    @Test("a JPEG of ten thousand scans, of a hundred thousand restarts, of a hundred thousand segments is walked once")
    func manyMarkers() {
        let head = Array(JPEGTests.jpeg { $0.hasPixels = false }.dropLast(2))
        let scan = ImageBuilder.jpegSegment(0xDA, [1, 1, 0, 0, 63, 0])
        let scans = head + [[UInt8]](repeating: scan + [1, 2], count: 10_000).flatMap(\.self) + [0xFF, 0xD9]
        #expect(Cleaning(scans).isIdentity)
        let restarts = head + [[UInt8]](repeating: [0xFF, 0xD0, 7], count: 100_000).flatMap(\.self) + [0xFF, 0xD9]
        #expect(Cleaning(restarts).isIdentity)
        let comments = [[UInt8]](repeating: ImageBuilder.jpegSegment(0xFE, [1]), count: 100_000).flatMap(\.self)
        let plain = JPEGTests.jpeg { _ in }
        #expect(Cleaning(JPEGTests.jpeg { $0.afterFrame = comments }).bytes == plain)
    }

    @Test("directories that point at themselves and at each other are read once", arguments: [0x8769, 0x8825])
    func loopingDirectories(pointer: Int) {
        let block: [UInt8] =
            Array("MM".utf8) + [0, 42, 0, 0, 0, 8, 0, 2]
            + MediaFixture.number(pointer, 2) + [0, 4, 0, 0, 0, 1, 0, 0, 0, 8]
            + [0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0]
            + [0, 0, 0, 8]
        let segment = ImageBuilder.jpegSegment(0xE1, Array("Exif\0\0".utf8) + block)
        let file = JPEGTests.jpeg { $0.beforeFrame = segment }
        #expect(Reading(file).header?.orientation == .right)
        #expect(Reading(file).header?.camera == nil)
        #expect(Cleaning(file).bytes == JPEGTests.jpeg { $0.exif = ExifFixture(orientation: 6) })
    }

    @Test("a TIFF whose first directory is its own next one is read once")
    func loopingTIFF() {
        var file = TIFFAndBMPTests.tiff(isBig: false, orientation: 1)
        file.replaceSubrange(file.count - 4..<file.count, with: [8, 0, 0, 0])
        #expect(Reading(file).header?.format == .tiff)
    }

    @Test("boxes of size zero inside of others end the walk", arguments: ["ispe", "ipco", "infe"])
    func zeroSizes(name: String) {
        let zero: [UInt8] = [0, 0, 0, 0] + Array(name.utf8)
        let tables = MediaFixture.box("iprp", MediaFixture.box("ipco", zero)) + MediaFixture.box("iinf", zero) + zero
        let file =
            MediaFixture.box("ftyp", Array("avif\0\0\0\0".utf8)) + MediaFixture.box("meta", [0, 0, 0, 0] + tables)
        #expect(Reading(file).error == .malformed(.primaryItem, at: 16))
        _ = Cleaning(file, as: .avif)
    }

    @Test("text that is HTML, or no UTF-8, in EXIF does not outlive the cleaning")
    func hostileTexts() {
        let html = Array("\"><img src=x onerror=alert(1)>\0".utf8)
        let block = CameraFixture.block([
            .init(0x010F, .text(html)), .init(0x0110, .text([0xFF, 0xFE, 0xC0, 0x80, 0])),
        ])
        let file = JPEGTests.jpeg { $0.beforeFrame = ImageBuilder.jpegSegment(0xE1, Array("Exif\0\0".utf8) + block) }
        #expect(Reading(file).header?.camera?.make?.contains("onerror") == true)
        #expect(Cleaning(file).bytes == JPEGTests.jpeg { _ in })
    }
}
