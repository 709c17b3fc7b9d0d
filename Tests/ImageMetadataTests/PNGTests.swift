import GalleryTesting
import ImageMetadata
import Testing

@Suite("PNG")
struct PNGTests {
    /// A 70 × 30 PNG with something special about it.
    static func png(_ change: (inout ImageBuilder.PNGOptions) -> Void) -> [UInt8] {
        var options = ImageBuilder.PNGOptions()
        change(&options)
        return ImageBuilder.png(width: 70, height: 30, options: options)
    }

    static func sides(_ width: Int, _ height: Int) -> [UInt8] {
        var options = ImageBuilder.PNGOptions()
        options.hasPixels = false
        return ImageBuilder.png(width: width, height: height, options: options)
    }

    @Test("a plain file has its sides and is upright and still")
    func plain() throws {
        let header = try #require(Reading(Self.png { _ in }).header)
        #expect(header.format == .png)
        #expect([header.width, header.height] == [70, 30])
        #expect(header.orientation == .up)
        #expect(header.isAnimated == false)
    }

    @Test("sides up to 2³¹ − 1 are read", arguments: [(1, 1), (2_147_483_647, 1), (1, 2_147_483_647)])
    func longestSides(width: Int, height: Int) {
        #expect(Reading(Self.sides(width, height)).header.map { [$0.width, $0.height] } == [width, height])
    }

    @Test("a longer side is refused", arguments: [(2_147_483_648, 1), (1, 4_294_967_295)])
    func tooLongSides(width: Int, height: Int) {
        #expect(Reading(Self.sides(width, height)).error == .malformed(.sideLength, at: 16))
    }

    @Test("a side of zero is refused", arguments: [(0, 1), (1, 0), (0, 0)])
    func zeroSides(width: Int, height: Int) {
        #expect(Reading(Self.sides(width, height)).error == .zeroSide(at: 16))
    }

    @Test("an animation control chunk before the pixels means animated")
    func animated() {
        #expect(Reading(Self.png { $0.frameCount = 3 }).header?.isAnimated == true)
    }

    @Test("an animation control chunk with one frame, or after the pixels, does not")
    func notAnimated() {
        let oneFrame = ImageBuilder.pngChunk("acTL", [0, 0, 0, 1, 0, 0, 0, 0])
        let threeFrames = ImageBuilder.pngChunk("acTL", [0, 0, 0, 3, 0, 0, 0, 0])
        #expect(Reading(Self.png { $0.beforePixels = oneFrame }).header?.isAnimated == false)
        #expect(Reading(Self.png { $0.afterPixels = threeFrames }).header?.isAnimated == false)
    }

    @Test("an EXIF chunk after the pixels does not count, as in browsers")
    func exifAfterPixels() {
        var exif = ExifFixture(orientation: 6)
        exif.hasIdentifier = false
        let chunk = ImageBuilder.pngChunk("eXIf", exif.bytes)
        #expect(Reading(Self.png { $0.afterPixels = chunk }).header?.orientation == .up)
        #expect(Reading(Self.png { $0.beforePixels = chunk }).header?.orientation == .right)
    }

    @Test("the first EXIF chunk decides")
    func firstExif() {
        var exif = ExifFixture(orientation: 3)
        exif.hasIdentifier = false
        let first = ImageBuilder.pngChunk("eXIf", exif.bytes)
        let file = Self.png {
            $0.beforePixels = first
            $0.exif = ExifFixture(orientation: 6)
        }
        #expect(Reading(file).header?.orientation == .down)
    }

    @Test("Apple's CgBI chunk may come before IHDR, and nothing else")
    func appleChunk() {
        let apple = ImageBuilder.pngChunk("CgBI", [0x50, 0, 0x20, 2])
        #expect(Reading(Self.png { $0.beforeHeader = apple }).header.map { [$0.width, $0.height] } == [70, 30])
        let text = ImageBuilder.pngChunk("tEXt", [0x50, 0, 0x20, 2])
        #expect(Reading(Self.png { $0.beforeHeader = text }).error == .malformed(.missingIHDR, at: 8))
        #expect(Reading(Self.png { $0.beforeHeader = apple + apple }).error == .malformed(.missingIHDR, at: 8))
    }

    @Test("an IHDR of another length is refused")
    func headerLength() {
        let long = ImageBuilder.pngChunk("IHDR", [0, 0, 0, 70, 0, 0, 0, 30, 8, 3, 0, 0, 0, 0])
        #expect(Reading(Self.png { $0.beforeHeader = long }).error == .malformed(.missingIHDR, at: 8))
    }

    @Test("no byte of IHDR can be changed unnoticed")
    func checksum() {
        let file = Self.png { _ in }
        for offset in 8..<33 {
            for bit in 0..<8 as Range<UInt8> {
                var changed = file
                changed[offset] ^= 1 << bit
                #expect(Reading(changed).error != nil, "bit \(bit) of byte \(offset)")
            }
        }
        var changed = file
        changed[19] ^= 1
        #expect(Reading(changed).error == .malformed(.checksum, at: 16))
    }

    @Test("a chunk with an impossible length or type is refused")
    func chunkHeader() {
        for header: [UInt8] in [[0x80, 0, 0, 0] + Array("tEXt".utf8), [0, 0, 0, 0] + Array("tE1t".utf8)] {
            let file = Self.png { $0.beforePixels = header + [0, 0, 0, 0] }
            #expect(Reading(file).error == .malformed(.chunkHeader, at: 33))
        }
        let letters = ["@Ext", "[Ext", "`Ext", "{Ext", "\0Ext", "tEx\u{7F}"]
        for name in letters {
            let file = Self.png { $0.beforePixels = ImageBuilder.pngChunk(name, []) }
            #expect(Reading(file).error == .malformed(.chunkHeader, at: 33), "\(name)")
        }
    }

    @Test("a file that ends behind IHDR is read, but does not tell whether it is animated")
    func truncated() {
        let file = Self.png { $0.beforePixels = ImageBuilder.pngChunk("tEXt", [1, 2, 3, 4]) }
        #expect(Reading(Array(file.prefix(32))).error == .truncated(at: 32))
        for byteCount in [33, 40, 41, 45, 49] {
            let header = Reading(Array(file.prefix(byteCount))).header
            #expect(header.map { [$0.width, $0.height] } == [70, 30])
            #expect(header?.isAnimated == nil)
        }
    }
}
