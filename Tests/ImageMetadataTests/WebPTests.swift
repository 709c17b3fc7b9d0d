import GalleryTesting
import ImageMetadata
import Testing

@Suite("WebP")
struct WebPTests {
    typealias Layout = ImageBuilder.WebPOptions.Layout

    /// A 70 × 30 WebP with something special about it.
    static func webp(_ change: (inout ImageBuilder.WebPOptions) -> Void) -> [UInt8] {
        var options = ImageBuilder.WebPOptions()
        change(&options)
        return ImageBuilder.webp(width: 70, height: 30, options: options)
    }

    /// A RIFF of one chunk.
    static func riff(_ name: String, _ body: [UInt8]) -> [UInt8] {
        ImageBuilder.riffChunk("RIFF", Array("WEBP".utf8) + ImageBuilder.riffChunk(name, body))
    }

    @Test("each of the three kinds tells its sides", arguments: Layout.allCases)
    func layouts(layout: Layout) throws {
        let header = try #require(Reading(Self.webp { $0.layout = layout }).header)
        #expect(header.format == .webp)
        #expect([header.width, header.height] == [70, 30])
        #expect(header.orientation == .up)
        #expect(header.isAnimated == false)
    }

    @Test("the longest sides of each kind are read")
    func longestSides() {
        let longest: [(Layout, Int, Int)] = [
            (.lossy, 16383, 1), (.lossy, 1, 16383), (.lossless, 16384, 1), (.lossless, 1, 16384),
            (.extended, 16_777_216, 1), (.extended, 1, 16_777_216),
        ]
        for (layout, width, height) in longest {
            var options = ImageBuilder.WebPOptions()
            options.layout = layout
            let header = Reading(ImageBuilder.webp(width: width, height: height, options: options)).header
            #expect(header.map { [$0.width, $0.height] } == [width, height], "\(layout)")
        }
    }

    @Test("the scale bits above a lossy side are not part of it")
    func scaleBits() {
        var file = Self.webp { $0.layout = .lossy }
        file[27] |= 0xC0
        file[29] |= 0x40
        #expect(Reading(file).header.map { [$0.width, $0.height] } == [70, 30])
    }

    @Test("a lossy side of zero is refused", arguments: [26, 28])
    func zeroSides(offset: Int) {
        var file = Self.webp { $0.layout = .lossy }
        file[offset] = 0
        file[offset + 1] = 0xC0
        #expect(Reading(file).error == .zeroSide(at: 26))
    }

    @Test("a lossy frame that is no key frame or lacks its start code is refused")
    func lossyHeader() {
        for (offset, value) in [(20, 0x11), (23, 0x9C), (24, 0), (25, 0x2B)] as [(Int, UInt8)] {
            var file = Self.webp { $0.layout = .lossy }
            file[offset] = value
            #expect(Reading(file).error == .malformed(.bitstreamHeader, at: 20), "byte \(offset)")
        }
    }

    @Test("a lossless frame with a wrong signature or version is refused")
    func losslessHeader() {
        for (offset, bits) in [(20, 0x01), (24, 0x20), (24, 0x80)] as [(Int, UInt8)] {
            var file = Self.webp { $0.layout = .lossless }
            file[offset] ^= bits
            #expect(Reading(file).error == .malformed(.bitstreamHeader, at: 20), "byte \(offset)")
        }
    }

    @Test("a first chunk that is no picture, or too short to be one, is refused")
    func firstChunk() {
        let chunks: [(String, Int)] = [
            ("ALPH", 30), ("EXIF", 30), ("vp8 ", 30), ("VP8 ", 9), ("VP8L", 4), ("VP8X", 9), ("VP8X", 11), ("VP8 ", 0),
        ]
        for (name, byteCount) in chunks {
            let file = Self.riff(name, [UInt8](repeating: 0x2F, count: byteCount))
            #expect(Reading(file).error == .malformed(.missingBitstream, at: 12), "\(name) \(byteCount)")
        }
    }

    @Test("a first chunk that is longer than the RIFF around it is refused")
    func chunkBeyondRIFF() {
        var file = Self.webp { $0.layout = .lossy }
        file[4] -= 1
        #expect(Reading(file).error == .malformed(.missingBitstream, at: 12))
    }

    @Test("a length above 2³¹ − 1 is refused", arguments: [4, 16])
    func hugeLength(offset: Int) {
        var file = Self.webp { $0.layout = .lossy }
        file[offset + 3] = 0x80
        #expect(Reading(file).error == .malformed(.missingBitstream, at: offset))
    }

    @Test("the animation flag of an extended file means animated")
    func animated() {
        #expect(Reading(Self.webp { $0.frameCount = 3 }).header?.isAnimated == true)
        #expect(Reading(Self.webp { $0.layout = .extended }).header?.isAnimated == false)
    }

    @Test("an EXIF chunk far behind the pixels is fetched by one range of its own")
    func farExif() throws {
        let junk = ImageBuilder.riffChunk("JUNK", [UInt8](repeating: 7, count: 5_000_001))
        let reading = Reading(
            Self.webp {
                $0.exif = ExifFixture(orientation: 6)
                $0.beforeExif = junk
            }
        )
        #expect(reading.header?.orientation == .right)
        #expect(reading.header.map { [$0.width, $0.height] } == [30, 70])
        #expect(reading.ranges.count == 2)
        #expect(reading.ranges.last.map { $0.count < 100 } == true)
    }

    @Test("an EXIF chunk that is announced but missing means upright")
    func missingExif() {
        #expect(Reading(Self.webp { $0.announcesMissingExif = true }).header?.orientation == .up)
        let cut = Self.webp { $0.exif = ExifFixture(orientation: 6) }
        #expect(Reading(Array(cut.prefix(60))).header.map { [$0.width, $0.height] } == [70, 30])
    }

    @Test("an EXIF chunk that is there but not announced does not count")
    func unannouncedExif() {
        var file = Self.webp { $0.exif = ExifFixture(orientation: 6) }
        file[20] &= ~0x08
        #expect(Reading(file).header?.orientation == .up)
    }

    @Test("an EXIF chunk behind the end of the RIFF does not count")
    func exifBehindEnd() {
        let exif = ImageBuilder.riffChunk("EXIF", ExifFixture(orientation: 6).bytes)
        let file = Self.webp { $0.announcesMissingExif = true } + exif
        #expect(Reading(file).header?.orientation == .up)
    }

    @Test("an EXIF chunk whose length is a lie is read as far as the file goes")
    func lyingExifLength() {
        var file = Self.webp { $0.exif = ExifFixture(orientation: 6) }
        let length = file.count - ExifFixture(orientation: 6).bytes.count - 4
        file[length + 2] = 0xFF
        #expect(Reading(file).header?.orientation == .right)
    }

    @Test("a file that ends inside its first chunk's header is refused")
    func truncated() {
        for (layout, byteCount) in [(.lossy, 30), (.lossless, 25), (.extended, 30)] as [(Layout, Int)] {
            let file = Self.webp { $0.layout = layout }
            #expect(Reading(Array(file.prefix(byteCount - 1))).error == .truncated(at: byteCount - 1))
            #expect(Reading(Array(file.prefix(byteCount))).header.map { [$0.width, $0.height] } == [70, 30])
        }
    }
}
