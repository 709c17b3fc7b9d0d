import GalleryTesting
import ImageMetadata
import Testing

@Suite("frame counts")
struct FrameCountTests {
    private static func count(_ file: [UInt8]) -> Int? {
        ImageFormat(signatureOf: file[...]).flatMap { FrameCounter(format: $0).count(in: file.span) }
    }

    private static func sequence(_ sampleCount: Int) -> [UInt8] {
        let sizes = MediaFixture.box("stsz", [0, 0, 0, 0, 0, 0, 0, 0] + MediaFixture.number(sampleCount, 4))
        let nested = ["stbl", "minf", "mdia", "trak", "moov"].reduce(sizes) { MediaFixture.box($1, $0) }
        return MediaFixture(brands: ["avis", "avif"]).bytes + nested
    }

    @Test("an animation tells its frames to the counter and in its header", arguments: [1, 2, 3, 200])
    func animations(frameCount: Int) {
        let files = [
            PNGTests.png { $0.frameCount = frameCount }, GIFTests.gif { $0.frameCount = frameCount },
            WebPTests.webp { $0.frameCount = frameCount }, Self.sequence(frameCount),
        ]
        for file in files {
            #expect(Self.count(file) == frameCount)
            if file.count <= 64 * 1024 { #expect(Reading(file).header?.frameCount == frameCount) }
        }
    }

    @Test("a header says nothing of frames that it cannot know")
    func unknown() {
        let file = GIFTests.gif { $0.frameCount = 200 }
        #expect(file.count > 64 * 1024)
        #expect(Reading(file).header?.frameCount == nil)
        #expect(Reading(file).header?.isAnimated == true)
    }

    @Test("still pictures have one frame")
    func still() {
        #expect(Reading(JPEGTests.jpeg { _ in }).header?.frameCount == 1)
        #expect(Self.count(MediaFixture().bytes) == 1)
        #expect(Reading(MediaFixture().bytes).header?.frameCount == 1)
        #expect(Self.count(JPEGTests.jpeg { _ in }) == 1)
    }

    @Test("a hundred thousand frames are counted in no time", .timeLimit(.minutes(1)))
    func many() {
        let head = Array(GIFTests.gif { _ in }.prefix(13 + 24))
        let frame: [UInt8] = [0x2C, 0, 0, 0, 0, 1, 0, 1, 0, 0, 7, 0]
        let file = head + [[UInt8]](repeating: frame, count: 100_000).flatMap(\.self) + [0x3B]
        #expect(Self.count(file) == 100_000)
        #expect(Cleaning(file).isIdentity)
    }

    @Test("what is cut off is counted as far as it goes, and what is no picture not at all")
    func broken() {
        let file = GIFTests.gif { $0.frameCount = 3 }
        #expect(Self.count(Array(file.dropLast(20))) == 3)
        #expect(FrameCounter(format: .gif).count(in: [1, 2, 3].span) == nil)
        #expect(FrameCounter(format: .png).count(in: Array(file.prefix(8)).span) == nil)
        #expect(FrameCounter(format: .avif).count(in: file.span) == nil)
        #expect(FrameCounter(format: .webp).count(in: Array("RIFF".utf8).span) == nil)
    }
}
