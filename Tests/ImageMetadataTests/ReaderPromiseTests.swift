import GalleryTesting
import ImageMetadata
import Testing

@Suite("promises of the reader", .timeLimit(.minutes(1)))
struct ReaderPromiseTests {
    static let kibibyte = 1024

    /// Padding segments of that many bytes in all, each of them 4 bytes or longer.
    static func padding(_ byteCount: Int) -> [UInt8] {
        var segments: [UInt8] = []
        while segments.count < byteCount {
            let rest = byteCount - segments.count
            let next = rest <= 60_000 ? rest : min(50_000, rest - 4)
            segments += ImageBuilder.jpegSegment(0xE2, [UInt8](repeating: 0xAA, count: next - 4))
        }
        return segments
    }

    @Test("the first range is 64 KiB, or the whole file where that is shorter")
    func firstRange() {
        #expect(ImageHeaderReader(fileByteCount: 10_000_000).firstRange == 0..<65_536)
        #expect(ImageHeaderReader(fileByteCount: 65_536).firstRange == 0..<65_536)
        #expect(ImageHeaderReader(fileByteCount: 65_535).firstRange == 0..<65_535)
        #expect(ImageHeaderReader(fileByteCount: 0).firstRange.isEmpty)
        #expect(ImageHeaderReader(fileByteCount: -1).firstRange.isEmpty)
    }

    @Test("an empty file is called empty")
    func empty() {
        #expect(Reading([]).error == .empty)
        #expect(Reading([], declaredByteCount: 100).error == .empty)
    }

    @Test("wherever the first window ends inside a JPEG's header, the answer is the same")
    func windowEndsInJPEG() {
        let exif = ImageBuilder.jpegSegment(0xE1, ExifFixture(orientation: 6).bytes)
        for shift in 0..<200 {
            let file = JPEGTests.jpeg { $0.beforeFrame = Self.padding(65_400 - 2 + shift) + exif + [0, 0xFF] }
            let reading = Reading(file)
            #expect(reading.header?.orientation == .right, "shifted by \(shift)")
            #expect(reading.header.map { [$0.width, $0.height] } == [30, 70])
            #expect(reading.ranges.count <= 2)
        }
    }

    @Test("wherever the first window ends inside a PNG's header, the answer is the same")
    func windowEndsInPNG() {
        for shift in 0..<200 {
            let text = ImageBuilder.pngChunk("tEXt", [UInt8](repeating: 0x20, count: 65_400 - 45 + shift))
            let reading = Reading(
                PNGTests.png {
                    $0.beforePixels = text
                    $0.exif = ExifFixture(orientation: 6)
                    $0.frameCount = 2
                }
            )
            #expect(reading.header?.orientation == .right, "shifted by \(shift)")
            #expect(reading.header?.isAnimated == true)
            #expect(reading.ranges.count <= 2)
        }
    }

    @Test("wherever the first window ends inside a WebP's EXIF chunk, the answer is the same")
    func windowEndsInWebP() {
        for shift in 0..<100 {
            let junk = ImageBuilder.riffChunk("JUNK", [UInt8](repeating: 1, count: 65_400 + shift))
            let reading = Reading(
                WebPTests.webp {
                    $0.exif = ExifFixture(orientation: 6)
                    $0.beforeExif = junk
                }
            )
            #expect(reading.header?.orientation == .right, "shifted by \(shift)")
            #expect(reading.ranges.count <= 2)
        }
    }

    @Test("a header is followed through 960 KiB in four ranges that double")
    func longHeader() {
        let reading = Reading(JPEGTests.jpeg { $0.beforeFrame = Self.padding(900 * Self.kibibyte) })
        #expect(reading.header.map { [$0.width, $0.height] } == [70, 30])
        #expect(reading.ranges.count == 4)
        #expect(reading.ranges.dropLast().map(\.count) == [64, 128, 256].map { $0 * Self.kibibyte })
    }

    @Test("a header that goes on for more than a mebibyte is refused")
    func tooLongHeader() {
        let reading = Reading(JPEGTests.jpeg { $0.beforeFrame = Self.padding(1200 * Self.kibibyte) })
        guard case .headerTooLong(let offset) = reading.error else {
            Issue.record("\(reading)")
            return
        }
        #expect(offset < 1200 * Self.kibibyte)
        #expect(reading.ranges.map(\.count).reduce(0, +) == 1024 * Self.kibibyte)
    }

    @Test("a million segments, chunks or blocks without a body are walked once and not to the end")
    func emptyParts() {
        let segments = [[UInt8]](repeating: ImageBuilder.jpegSegment(0xE2, []), count: 400_000).flatMap(\.self)
        let jpeg = Reading(JPEGTests.jpeg { $0.beforeFrame = segments })
        #expect(jpeg.ranges.map(\.count).reduce(0, +) == 1024 * Self.kibibyte)
        #expect(jpeg.error != nil)

        let chunks = [[UInt8]](repeating: ImageBuilder.pngChunk("tEXt", []), count: 200_000).flatMap(\.self)
        let png = Reading(PNGTests.png { $0.beforePixels = chunks })
        #expect(png.header.map { [$0.width, $0.height] } == [70, 30])
        #expect(png.header?.isAnimated == nil)

        let junk = [[UInt8]](repeating: ImageBuilder.riffChunk("JUNK", []), count: 300_000).flatMap(\.self)
        let webp = Reading(
            WebPTests.webp {
                $0.beforeExif = junk
                $0.exif = ExifFixture(orientation: 6)
            }
        )
        #expect(webp.header.map { [$0.width, $0.height] } == [70, 30])
        #expect(webp.header?.orientation == .up)
    }

    @Test("no more than five ranges are asked for, however far apart the parts are")
    func fiveRanges() {
        let texts = (0..<12).flatMap { _ in ImageBuilder.pngChunk("tEXt", [UInt8](repeating: 1, count: 600_000)) }
        let reading = Reading(PNGTests.png { $0.beforePixels = texts })
        #expect(reading.ranges.count == 5)
        #expect(reading.header.map { [$0.width, $0.height] } == [70, 30])
        #expect(reading.header?.isAnimated == nil)
    }

    @Test("of a huge EXIF chunk only the beginning is fetched")
    func hugeExif() {
        var exif = ExifFixture(orientation: 6)
        exif.trailingByteCount = 3_000_000
        let png = Reading(PNGTests.png { $0.exif = exif })
        let webp = Reading(WebPTests.webp { $0.exif = exif })
        for reading in [png, webp] {
            #expect(reading.header?.orientation == .right)
            #expect(reading.ranges.count <= 3)
        }
    }

    @Test("bytes that do not begin the range asked for are refused")
    func misplaced() {
        let file = ImageBuilder.png(width: 7, height: 3)
        for offset in [1, -1, Int.max, Int.min] {
            var reader = ImageHeaderReader(fileByteCount: file.count)
            #expect(reader.receive(file[...], at: offset) == .unreadable(.misplacedBytes(at: offset)))
        }
        let long = JPEGTests.jpeg { $0.beforeFrame = Self.padding(70_000) }
        var reader = ImageHeaderReader(fileByteCount: long.count)
        guard case .needs = reader.receive(long[reader.firstRange], at: 0) else {
            Issue.record("asked for nothing")
            return
        }
        #expect(reader.receive(long[0..<100], at: 0) == .unreadable(.misplacedBytes(at: 0)))
    }

    @Test("what is brought beyond the range asked for is not looked at")
    func moreThanAsked() {
        let file = JPEGTests.jpeg { $0.beforeFrame = Self.padding(1200 * Self.kibibyte) }
        var reader = ImageHeaderReader(fileByteCount: file.count)
        var steps: [ImageHeaderStep] = [reader.receive(file[...], at: 0)]
        while case .needs = steps.last, steps.count < 10 { steps.append(reader.receive(file[...], at: 0)) }
        let asked = Reading(file)
        #expect(steps.last == asked.end)
        #expect(steps.dropLast() == asked.ranges.dropFirst().map { .needs($0) }[...])
    }

    @Test("slices whose indices do not begin at zero are read alike")
    func slices() {
        for file in RichFile.all {
            let embedded = [UInt8](repeating: 0xFF, count: 1000) + file.bytes + [1, 2, 3]
            var reader = ImageHeaderReader(fileByteCount: file.bytes.count)
            #expect(reader.receive(embedded.dropFirst(1000), at: 0) == Reading(file.bytes).end)
        }
    }

    @Test("after the last step the answer stays the same")
    func finalStep() {
        let file = ImageBuilder.png(width: 7, height: 3)
        for bytes in [file, Array(file.reversed())] {
            var reader = ImageHeaderReader(fileByteCount: bytes.count)
            let end = reader.receive(bytes[...], at: 0)
            #expect(reader.receive([], at: 5) == end)
            #expect(reader.receive(ImageBuilder.gif(width: 1, height: 1)[...], at: 0) == end)
        }
    }

    @Test("a picture in memory is read in one call")
    func inMemory() throws {
        let far = ImageBuilder.riffChunk("JUNK", [UInt8](repeating: 1, count: 200_000))
        let file = WebPTests.webp {
            $0.exif = ExifFixture(orientation: 6)
            $0.beforeExif = far
        }
        #expect(try ImageHeader(parsing: file[...]) == Reading(file).header)
        let embedded = [0, 1, 2] + file
        #expect(try ImageHeader(parsing: embedded.dropFirst(3)) == Reading(file).header)
        #expect(throws: ImageMetadataError.unknownFormat(.text)) { try ImageHeader(parsing: Array("hello".utf8)[...]) }
    }
}
