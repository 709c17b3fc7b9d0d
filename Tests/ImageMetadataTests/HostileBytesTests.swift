import GalleryTesting
import ImageMetadata
import Testing

/// Small files whose header has every part that a parser looks at.
struct RichFile: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let bytes: [UInt8]

    static let all: [RichFile] = [
        RichFile(
            testDescription: "JPEG with EXIF, lowest byte first",
            bytes: JPEGTests.jpeg {
                $0.hasPixels = false
                $0.exif = ExifFixture(orientation: 6, isLittleEndian: true)
            }
        ),
        RichFile(
            testDescription: "progressive JPEG with stray bytes and late EXIF",
            bytes: JPEGTests.jpeg {
                $0.hasPixels = false
                $0.frameMarker = 0xC2
                $0.beforeFrame = [0xFF, 0x00, 0x12] + ImageBuilder.jpegSegment(0xFE, [1, 2, 3]) + [0xFF, 0xFF]
                $0.afterFrame = ImageBuilder.jpegSegment(0xE1, ExifFixture(orientation: 8).bytes)
            }
        ),
        RichFile(
            testDescription: "PNG with CgBI, EXIF and animation",
            bytes: PNGTests.png {
                $0.hasPixels = false
                $0.beforeHeader = ImageBuilder.pngChunk("CgBI", [0x50, 0, 0x20, 2])
                $0.exif = ExifFixture(orientation: 5)
                $0.frameCount = 2
            }
        ),
        RichFile(
            testDescription: "animated GIF",
            bytes: GIFTests.gif {
                $0.hasPixels = false
                $0.frameCount = 2
            }
        ),
        RichFile(testDescription: "lossless WebP", bytes: WebPTests.webp { $0.layout = .lossless }),
        RichFile(testDescription: "lossy WebP", bytes: WebPTests.webp { $0.layout = .lossy }),
        RichFile(
            testDescription: "animated WebP with EXIF",
            bytes: WebPTests.webp {
                $0.frameCount = 2
                $0.exif = ExifFixture(orientation: 7)
                $0.beforeExif = ImageBuilder.riffChunk("JUNK", [1])
            }
        ),
        RichFile(
            testDescription: "AVIF, cropped and turned",
            bytes: MediaFixture(
                brands: ["avif"],
                properties: [MediaFixture.extents(70, 30), MediaFixture.aperture(40, 20), MediaFixture.turned(1)],
                indices: [1, 2, 3]
            ).bytes
        ),
        RichFile(testDescription: "TIFF", bytes: TIFFAndBMPTests.tiff(isBig: false, orientation: 6)),
        RichFile(testDescription: "BigTIFF", bytes: TIFFAndBMPTests.tiff(isBig: true, isLittle: false)),
        RichFile(testDescription: "BMP", bytes: TIFFAndBMPTests.bmp(40, width: 7, height: 3)),
    ]
}

@Suite("hostile bytes", .timeLimit(.minutes(1)))
struct HostileBytesTests {
    /// `Reading` itself records an issue when a promise is broken; a trap ends the run, a loop the time limit.
    @Test("every prefix of a valid file ends in a header or a refusal", arguments: RichFile.all)
    func prefixes(file: RichFile) {
        let whole = Reading(file.bytes).header
        #expect(whole != nil)
        for byteCount in 0..<file.bytes.count {
            let reading = Reading(Array(file.bytes.prefix(byteCount)))
            #expect(reading.ranges.count == 1)
            if let header = reading.header { #expect(header.format == whole?.format) }
        }
    }

    @Test("a file that turns out shorter than declared is read like a file of that length", arguments: RichFile.all)
    func shorterThanDeclared(file: RichFile) {
        for byteCount in 0..<file.bytes.count {
            let prefix = Array(file.bytes.prefix(byteCount))
            #expect(Reading(prefix, declaredByteCount: file.bytes.count).end == Reading(prefix).end)
        }
    }

    @Test("every corruption of a single byte ends in a header or a refusal", arguments: RichFile.all)
    func corruptions(file: RichFile) {
        let format = Reading(file.bytes).header?.format
        var changed = file.bytes
        for offset in changed.indices {
            let original = changed[offset]
            for value in UInt8.min...UInt8.max where value != original {
                changed[offset] = value
                let reading = Reading(changed)
                if reading.ranges.count > 1 || (reading.header != nil && reading.header?.format != format) {
                    Issue.record("byte \(offset) = \(value): \(reading)")
                }
            }
            changed[offset] = original
        }
    }

    @Test("noise behind a signature ends in a header or a refusal", arguments: RichFile.all)
    func noise(file: RichFile) {
        var state: UInt32 = 2_463_534_242
        for _ in 0..<300 {
            let tail = (0..<300).map { _ in
                state ^= state << 13
                state ^= state >> 17
                state ^= state << 5
                return UInt8(truncatingIfNeeded: state)
            }
            for kept in [3, 8, 12, 16, 30, 40] {
                #expect(Reading(Array(file.bytes.prefix(kept)) + tail).ranges.count == 1)
            }
        }
    }
}
