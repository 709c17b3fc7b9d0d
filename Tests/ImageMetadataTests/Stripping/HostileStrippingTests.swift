import GalleryTesting
import ImageMetadata
import Testing

@Suite("stripping hostile bytes", .timeLimit(.minutes(3)))
struct HostileStrippingTests {
    /// Files in which every branch of a stripper is taken.
    static let files: [RichFile] =
        RichFile.all.filter { !$0.testDescription.contains("TIFF") && !$0.testDescription.contains("BMP") }
        + [
            RichFile(testDescription: "HEIC of items", bytes: items),
            RichFile(testDescription: "JPEG with all kinds of segments", bytes: segments),
        ]

    private static let items: [UInt8] = {
        var fixture = ItemFixture(items: [
            .picture(1), .init(2, "Exif", [UInt8](repeating: 9, count: 30)), .init(3, "mime", [1, 2, 3]), .picture(4),
        ])
        fixture.references = [("thmb", 4, [1])]
        fixture.betweenBoxes = MediaFixture.box("free", [5, 5])
        return fixture.bytes
    }()

    private static let segments: [UInt8] = JPEGTests.jpeg {
        $0.hasPixels = false
        $0.beforeFrame =
            ImageBuilder.jpegSegment(0xE0, Array("JFIF\0".utf8) + [1, 1, 1, 0, 72, 0, 72, 1, 1, 9, 9, 9])
            + ImageBuilder.jpegSegment(0xEE, Array("Adobe".utf8) + [0, 100, 0, 0, 0, 0, 1, 4])
        $0.exif = ExifFixture(orientation: 6)
    }

    /// `Cleaning` itself records an issue when a promise is broken; a trap ends the run, a loop the time limit.
    @Test("every prefix of a file is cleaned or refused", arguments: files)
    func prefixes(file: RichFile) {
        let format = ImageFormat(signatureOf: file.bytes[...])
        for byteCount in 0..<file.bytes.count { _ = Cleaning(Array(file.bytes.prefix(byteCount)), as: format) }
    }

    @Test("every corruption of a single byte is cleaned or refused", arguments: files)
    func corruptions(file: RichFile) {
        let format = ImageFormat(signatureOf: file.bytes[...])
        var changed = file.bytes
        for offset in changed.indices {
            let original = changed[offset]
            for value in [0, 1, 8, 0x7F, 0x80, 0xD8, 0xD9, 0xFE, 0xFF] as [UInt8]
            where value != original {
                changed[offset] = value
                _ = Cleaning(changed, as: format)
            }
            changed[offset] = original
        }
    }

    @Test("TIFF and BMP are refused, saying the way out", arguments: [ImageFormat.tiff, .bmp])
    func notStrippable(format: ImageFormat) {
        let error = Cleaning([1, 2, 3], as: format).error
        #expect(error == .notStrippable(format))
        #expect(error.map { "\($0)" }?.contains("make a JPEG or PNG of it") == true)
    }

    @Test("an iloc box that counts billions of extents of no bytes is read in no time")
    func emptyExtents() {
        var iloc: [UInt8] = [0, 0, 0, 0, 0, 0, 0xFF, 0xFF]
        for itemID in 0..<2000 { iloc += MediaFixture.number(itemID, 2) + [0, 0, 0xFF, 0xFF] }
        let meta = MediaFixture.box("meta", [0, 0, 0, 0] + MediaFixture.box("iloc", iloc))
        let file = MediaFixture.box("ftyp", Array("heic\0\0\0\0".utf8)) + meta
        #expect(Cleaning(file, as: .heic).bytes == nil)
    }
}
