import GalleryTesting
import ImageMetadata
import Testing

@Suite("EXIF orientation")
struct ExifOrientationTests {
    /// The header of a 70 × 30 JPEG with an EXIF block.
    static func header(_ change: (inout ExifFixture) -> Void) -> ImageHeader? {
        var exif = ExifFixture(orientation: 6)
        change(&exif)
        return Reading(JPEGTests.jpeg { $0.exif = exif }).header
    }

    static func orientation(_ change: (inout ExifFixture) -> Void) -> ImageOrientation? {
        header(change)?.orientation
    }

    @Test("orientations 1 to 8 are read in both byte orders and swap the sides from 5 on", arguments: 1...8)
    func allOrientations(value: Int) {
        for isLittleEndian in [false, true] {
            let header = Self.header {
                $0.orientation = value
                $0.isLittleEndian = isLittleEndian
            }
            #expect(header?.orientation.rawValue == value)
            #expect(header.map { [$0.width, $0.height] } == (value >= 5 ? [30, 70] : [70, 30]))
        }
    }

    @Test("the same holds for PNG and WebP, whose block may or may not begin with an identifier", arguments: 1...8)
    func otherFormats(value: Int) {
        var png = ImageBuilder.PNGOptions()
        png.exif = ExifFixture(orientation: value)
        var webp = ImageBuilder.WebPOptions()
        webp.exif = ExifFixture(orientation: value, isLittleEndian: true)
        var bareWebP = webp
        bareWebP.exif?.hasIdentifier = false
        let files = [
            ImageBuilder.png(width: 70, height: 30, options: png),
            ImageBuilder.webp(width: 70, height: 30, options: webp),
            ImageBuilder.webp(width: 70, height: 30, options: bareWebP),
        ]
        for file in files {
            let header = Reading(file).header
            #expect(header?.orientation.rawValue == value)
            #expect(header.map { [$0.width, $0.height] } == (value >= 5 ? [30, 70] : [70, 30]))
        }
    }

    @Test("a value out of 1 to 8 means upright", arguments: [0, 9, 255, 65535])
    func outOfRange(value: Int) {
        #expect(Self.orientation { $0.orientation = value } == .up)
    }

    @Test("a value of another type means upright, as in browsers")
    func wrongType() {
        let long = Self.orientation {
            $0.type = 4
            $0.isLittleEndian = true
        }
        #expect(long == .up)
        #expect(Self.orientation { $0.valueCount = 2 } == .up)
    }

    @Test("a directory that begins late is found")
    func lateDirectory() {
        #expect(Self.orientation { $0.directoryOffset = 4000 } == .right)
    }

    @Test("an unsorted directory is read to its end")
    func unsorted() {
        #expect(Self.orientation { $0.precedingEntryCount = 300 } == .right)
    }

    @Test("no more than 512 entries of a directory are looked at")
    func entryLimit() {
        #expect(Self.orientation { $0.precedingEntryCount = 511 } == .right)
        #expect(Self.orientation { $0.precedingEntryCount = 512 } == .up)
    }

    @Test("a wrong magic number or byte order means upright")
    func wrongMagic() {
        #expect(Self.orientation { $0.magic = 43 } == .up)
        var block = ExifFixture(orientation: 6).bytes
        block[6] = UInt8(ascii: "X")
        let file = JPEGTests.jpeg { $0.beforeFrame = ImageBuilder.jpegSegment(0xE1, block) }
        #expect(Reading(file).header?.orientation == .up)
    }

    @Test("a directory outside of its block means upright, wherever it points")
    func directoryOutside() {
        for pointer: [UInt8] in [[0, 0, 0, 34], [0, 0, 255, 255], [0x7F, 255, 255, 255], [255, 255, 255, 255]] {
            var block = ExifFixture(orientation: 6).bytes
            block.replaceSubrange(10..<14, with: pointer)
            let file = JPEGTests.jpeg { $0.beforeFrame = ImageBuilder.jpegSegment(0xE1, block) }
            #expect(Reading(file).header?.orientation == .up)
        }
    }

    @Test("an EXIF block that is cut off anywhere is no reason to refuse the picture")
    func cutOff() {
        let block = ExifFixture(orientation: 6).bytes
        for byteCount in 0..<block.count {
            let cut = ImageBuilder.jpegSegment(0xE1, Array(block.prefix(byteCount)))
            let header = Reading(JPEGTests.jpeg { $0.beforeFrame = cut }).header
            #expect(header?.orientation == (byteCount < 26 ? .up : .right), "\(byteCount)")
        }
    }

    @Test("the first EXIF block decides, even when it is broken")
    func firstBlockDecides() {
        let blocks: [([UInt8], ImageOrientation)] = [
            (ExifFixture(orientation: 3).bytes, .down),
            (Array("Exif\0\0XX".utf8), .up),
        ]
        for (first, expected) in blocks {
            let file = JPEGTests.jpeg {
                let later = ExifFixture(orientation: 6).bytes
                $0.beforeFrame = ImageBuilder.jpegSegment(0xE1, first) + ImageBuilder.jpegSegment(0xE1, later)
            }
            #expect(Reading(file).header?.orientation == expected)
        }
    }

    @Test("an APP1 segment that is not EXIF does not count as the first block")
    func otherApplicationSegment() {
        let file = JPEGTests.jpeg {
            let xmp = ImageBuilder.jpegSegment(0xE1, Array("http://ns.adobe.com/xap/1.0/\0<x/>".utf8))
            $0.beforeFrame = xmp + ImageBuilder.jpegSegment(0xE1, ExifFixture(orientation: 6).bytes)
        }
        #expect(Reading(file).header?.orientation == .right)
    }

    @Test("an EXIF block between frame header and pixels counts, as in browsers")
    func behindFrameHeader() {
        let file = JPEGTests.jpeg { $0.afterFrame = ImageBuilder.jpegSegment(0xE1, ExifFixture(orientation: 6).bytes) }
        #expect(Reading(file).header?.orientation == .right)
        #expect(Reading(file).header.map { [$0.width, $0.height] } == [30, 70])
    }
}
