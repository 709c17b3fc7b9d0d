import GalleryTesting
import ImageMetadata
import Testing

@Suite("JPEG")
struct JPEGTests {
    static let frameMarkers: [UInt8] = [
        0xC0, 0xC1, 0xC2, 0xC3, 0xC5, 0xC6, 0xC7, 0xC9, 0xCA, 0xCB, 0xCD, 0xCE, 0xCF,
    ]

    static func options(_ change: (inout ImageBuilder.JPEGOptions) -> Void) -> ImageBuilder.JPEGOptions {
        var options = ImageBuilder.JPEGOptions()
        change(&options)
        return options
    }

    /// A 70 × 30 JPEG with something special about it.
    static func jpeg(_ change: (inout ImageBuilder.JPEGOptions) -> Void) -> [UInt8] {
        ImageBuilder.jpeg(width: 70, height: 30, options: options(change))
    }

    @Test("a plain file has its stored sides and is upright and still")
    func plain() throws {
        let header = try #require(Reading(ImageBuilder.jpeg(width: 70, height: 30)).header)
        #expect(header.format == .jpeg)
        #expect([header.width, header.height] == [70, 30])
        #expect(header.orientation == .up)
        #expect(header.isAnimated == false)
    }

    @Test("every kind of frame header tells the sides", arguments: frameMarkers)
    func frameKinds(marker: UInt8) {
        let header = Reading(Self.jpeg { $0.frameMarker = marker }).header
        #expect(header.map { [$0.width, $0.height] } == [70, 30])
    }

    @Test("markers next to the frame headers are none", arguments: [0xC8, 0xDE, 0xDF, 0xF0, 0x02, 0xBF] as [UInt8])
    func otherMarkers(marker: UInt8) {
        let file = Self.jpeg { $0.frameMarker = marker }
        #expect(Reading(file).error == .malformed(.segmentMarker, at: 71))
    }

    @Test("the longest sides are read", arguments: [(65535, 1), (1, 65535), (65535, 65535)])
    func longestSides(width: Int, height: Int) {
        let file = ImageBuilder.jpeg(width: width, height: height, options: Self.options { $0.hasPixels = false })
        #expect(Reading(file).header.map { [$0.width, $0.height] } == [width, height])
    }

    @Test("a width of zero is refused")
    func zeroWidth() {
        let file = ImageBuilder.jpeg(width: 0, height: 30, options: Self.options { $0.hasPixels = false })
        #expect(Reading(file).error == .zeroSide(at: 7))
    }

    @Test("a height that is left for a DNL segment is refused, and says so")
    func deferredHeight() {
        let file = ImageBuilder.jpeg(width: 70, height: 0, options: Self.options { $0.hasPixels = false })
        #expect(Reading(file).error == .malformed(.deferredHeight, at: 7))
    }

    @Test("the frame header inside a thumbnail is not taken for the picture's")
    func thumbnail() {
        let thumbnail = ImageBuilder.jpeg(width: 8, height: 8)
        let file = Self.jpeg { $0.beforeFrame = ImageBuilder.jpegSegment(0xE1, Array("Exif\0\0".utf8) + thumbnail) }
        #expect(Reading(file).header.map { [$0.width, $0.height] } == [70, 30])
    }

    @Test(
        "fill bytes, stuffed bytes and stray markers between segments are passed over",
        arguments: [
            [0xFF], [0xFF, 0xFF, 0xFF], [0x00, 0x12, 0x34], [0xFF, 0x00], [0xFF, 0xD0], [0xFF, 0xD8], [0xFF, 0x01],
        ] as [[UInt8]]
    )
    func strayBytes(stray: [UInt8]) {
        let comment = ImageBuilder.jpegSegment(0xFE, Array("hello".utf8))
        let file = Self.jpeg {
            $0.hasPixels = false
            $0.beforeFrame = comment + stray + comment + stray + stray + comment + stray
        }
        #expect(Reading(file).header.map { [$0.width, $0.height] } == [70, 30])
    }

    @Test("half a megabyte of zeros is refused after the first of them", .timeLimit(.minutes(1)))
    func manyStrayBytes() {
        let zeros = [UInt8](repeating: 0, count: 512 * 1024)
        #expect(Reading([0xFF, 0xD8] + zeros).error == .unknownFormat(nil))
        let comment = ImageBuilder.jpegSegment(0xFE, Array("hello".utf8))
        let reading = Reading(Self.jpeg { $0.beforeFrame = comment + zeros })
        #expect(reading.error == .malformed(.strayBytes, at: 2 + comment.count + 16 * 1024 + 1))
        #expect(reading.ranges.count == 1)
    }

    @Test("a megabyte of fill bytes, or of restart markers, is refused", arguments: [0xFF, 0xD0] as [UInt8])
    func manyMarkers(code: UInt8) {
        let file = [0xFF, 0xD8] + [[UInt8]](repeating: [0xFF, code], count: 512 * 1024).flatMap(\.self)
        let error = Reading(file).error
        guard case .malformed(.strayBytes, let offset) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(offset < 20_000)
    }

    @Test("a segment shorter than its length field is refused", arguments: [0, 1] as [UInt8])
    func segmentLength(length: UInt8) {
        let file = Self.jpeg { $0.beforeFrame = [0xFF, 0xE2, 0x00, length] }
        #expect(Reading(file).error == .malformed(.segmentLength, at: 2))
    }

    @Test("a frame header whose length does not fit its components is refused")
    func frameLength() {
        let sound: [UInt8] = [8, 0, 9, 0, 9, 1, 1, 0x11, 0]
        let bodies = (0..<sound.count).map { Array(sound.prefix($0)) } + [sound + [0], [8, 0, 9, 0, 9, 0]]
        for body in bodies {
            let file = [0xFF, 0xD8] + ImageBuilder.jpegSegment(0xC0, body) + [0xFF, 0xD9]
            #expect(Reading(file).error == .malformed(.segmentLength, at: 2))
        }
    }

    @Test("a second frame header before the pixels is refused")
    func twoFrames() {
        let second = ImageBuilder.jpegSegment(0xC0, [8, 0, 1, 0, 1, 1, 1, 0x11, 0])
        #expect(Reading(Self.jpeg { $0.afterFrame = second }).error == .malformed(.segmentMarker, at: 90))
    }

    @Test("pixels or an end without a frame header are refused", arguments: [0xD9, 0xDA] as [UInt8])
    func missingFrame(marker: UInt8) {
        let file: [UInt8] = [0xFF, 0xD8] + ImageBuilder.jpegSegment(marker, [0, 0])
        #expect(Reading(file).error == .malformed(.missingFrame, at: 2))
    }

    @Test("a file that ends in the middle of its header is refused, saying where it ends")
    func truncated() {
        let file = Array(Self.jpeg { _ in }.prefix(80))
        #expect(Reading(file).error == .truncated(at: 80))
    }

    @Test("a file that ends behind its frame header is read")
    func truncatedBehindFrame() {
        let file = Array(Self.jpeg { _ in }.prefix(90))
        #expect(Reading(file).header.map { [$0.width, $0.height] } == [70, 30])
    }
}
