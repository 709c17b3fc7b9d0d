import GalleryTesting
import ImageMetadata
import Testing

@Suite("GIF")
struct GIFTests {
    /// A 70 × 30 GIF with something special about it.
    static func gif(_ change: (inout ImageBuilder.GIFOptions) -> Void) -> [UInt8] {
        var options = ImageBuilder.GIFOptions()
        change(&options)
        return ImageBuilder.gif(width: 70, height: 30, options: options)
    }

    @Test("both versions tell their sides", arguments: ["87a", "89a"])
    func versions(version: String) throws {
        let header = try #require(Reading(Self.gif { $0.version = version }).header)
        #expect(header.format == .gif)
        #expect([header.width, header.height] == [70, 30])
        #expect(header.orientation == .up)
    }

    @Test("no other version is a GIF")
    func otherVersion() {
        #expect(Reading(Self.gif { $0.version = "88a" }).error == .unknownFormat(nil))
    }

    @Test("sides are read lowest byte first", arguments: [(1, 65535), (65535, 1), (258, 3)])
    func sides(width: Int, height: Int) {
        var options = ImageBuilder.GIFOptions()
        options.hasPixels = false
        let file = ImageBuilder.gif(width: width, height: height, options: options)
        #expect(Reading(file).header.map { [$0.width, $0.height] } == [width, height])
    }

    @Test("a side of zero is refused", arguments: [(0, 1), (1, 0)])
    func zeroSides(width: Int, height: Int) {
        #expect(Reading(ImageBuilder.gif(width: width, height: height)).error == .zeroSide(at: 6))
    }

    @Test("a second frame means animated, an end before it does not")
    func frames() {
        #expect(Reading(Self.gif { $0.frameCount = 1 }).header?.isAnimated == false)
        #expect(Reading(Self.gif { $0.frameCount = 2 }).header?.isAnimated == true)
        #expect(Reading(Self.gif { $0.frameCount = 9 }).header?.isAnimated == true)
    }

    @Test("frames that are not at hand are left open, not fetched")
    func farFrames() {
        var options = ImageBuilder.GIFOptions()
        options.frameCount = 2
        let reading = Reading(ImageBuilder.gif(width: 400, height: 300, options: options))
        #expect(reading.header.map { [$0.width, $0.height] } == [400, 300])
        #expect(reading.header?.isAnimated == nil)
        #expect(reading.ranges.count == 1)
    }

    @Test("a frame's own colour table is stepped over")
    func localColorTable() {
        var file = Self.gif { $0.hasPixels = false }
        let descriptor = file.count - 4
        file[descriptor] = 0x80
        file.insert(contentsOf: [0x3B, 0x3B, 0x3B, 0x3B, 0x3B, 0x3B], at: descriptor + 1)
        let second: [UInt8] = [0x2C, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 0]
        file.insert(contentsOf: second, at: file.count - 1)
        #expect(Reading(file).header?.isAnimated == true)
    }

    @Test("a block of an unknown kind leaves the question open")
    func unknownBlock() {
        var file = Self.gif { $0.hasPixels = false }
        file[file.count - 1] = 0x77
        file += [0, 0x3B]
        #expect(Reading(file).header?.isAnimated == nil)
    }

    @Test("a file that ends inside the screen descriptor is refused, one that ends behind it is read")
    func truncated() {
        let file = Self.gif { _ in }
        #expect(Reading(Array(file.prefix(12))).error == .truncated(at: 12))
        #expect(Reading(Array(file.prefix(13))).header.map { [$0.width, $0.height] } == [70, 30])
    }
}
