import GalleryTesting
import ImageMetadata
import Testing

@Suite("stripping PNG")
struct PNGStrippingTests {
    private static let kept: [UInt8] = [
        ("gAMA", 4), ("cHRM", 32), ("sRGB", 1), ("iCCP", 3000), ("cICP", 4), ("mDCV", 24), ("cLLI", 8), ("sBIT", 3),
        ("pHYs", 9), ("bKGD", 1), ("tRNS", 8),
    ].flatMap { ImageBuilder.pngChunk($0.0, [UInt8](repeating: 7, count: $0.1)) }

    @Test("a PNG with nothing private comes out as it is")
    func clean() {
        #expect(Cleaning(PNGTests.png { $0.beforePixels = Self.kept }).isIdentity)
        #expect(Cleaning(PNGTests.png { $0.frameCount = 3 }).isIdentity)
        #expect(
            Cleaning(PNGTests.png { $0.beforeHeader = ImageBuilder.pngChunk("CgBI", [0x50, 0, 0x20, 2]) }).isIdentity
        )
    }

    @Test(
        "texts, times, EXIF and chunks of unknown meaning go, before the pixels and after them",
        arguments: ["tEXt", "zTXt", "iTXt", "tIME", "sPLT", "iDOT", "caBX", "vpAg", "meTa", "CgBI"]
    )
    func privateChunks(name: String) {
        let chunk = ImageBuilder.pngChunk(name, Array("Comment\0SECRET".utf8))
        let plain = PNGTests.png { _ in }
        if name == "CgBI" {
            // A chunk that has to be understood is refused where it does not belong.
            #expect(Cleaning(PNGTests.png { $0.beforePixels = chunk }).error == .malformed(.criticalChunk, at: 33))
            return
        }
        #expect(Cleaning(PNGTests.png { $0.beforePixels = chunk }).bytes == plain)
        #expect(Cleaning(PNGTests.png { $0.afterPixels = chunk + chunk }).bytes == plain)
    }

    @Test("a chunk longer than its kind can be goes", arguments: ["gAMA", "sRGB", "pHYs", "tRNS", "acTL"])
    func overlong(name: String) {
        let chunk = ImageBuilder.pngChunk(name, [UInt8](repeating: 7, count: 300))
        #expect(Cleaning(PNGTests.png { $0.beforePixels = chunk }).bytes == PNGTests.png { _ in })
    }

    @Test("of EXIF only the orientation stays, and none at all for a picture that is upright", arguments: 0...9)
    func orientation(value: Int) {
        let file = PNGTests.png {
            $0.exif = ExifFixture(orientation: value, isLittleEndian: true)
            $0.exif?.trailingByteCount = 500
            $0.afterPixels = ImageBuilder.pngChunk("eXIf", ExifFixture(orientation: 3).bytes)
        }
        let expected = PNGTests.png {
            if (2...8).contains(value) { $0.exif = ExifFixture(orientation: value) }
        }
        #expect(Cleaning(file).bytes == expected)
    }

    @Test("everything behind the end goes, and what hides in the end itself")
    func trailer() {
        let file = PNGTests.png { _ in }
        #expect(Cleaning(file + Array("PK\u{3}\u{4}SECRET".utf8)).bytes == file)
        let end = ImageBuilder.pngChunk("IEND", Array("SECRET".utf8))
        #expect(Cleaning(file.dropLast(12) + end).bytes == file)
    }

    @Test("pixels that break off stay as far as they go")
    func truncated() {
        let file = PNGTests.png { _ in }
        #expect(Cleaning(Array(file.dropLast(40))).isIdentity)
        // Half a chunk of another kind is of no use.
        let half = Array(file.dropLast(12) + ImageBuilder.pngChunk("tEXt", Array("Comment\0SECRET".utf8)).dropLast(5))
        #expect(Cleaning(half).bytes == Array(file.dropLast(12)))
    }

    @Test("a PNG without a header is refused")
    func refused() {
        let file = PNGTests.png { _ in }
        #expect(Cleaning(Array(file.prefix(8))).error == .truncated(at: 8))
        #expect(Cleaning(Array(file.prefix(8) + file.dropFirst(33))).error == .malformed(.missingIHDR, at: 8))
        let broken = PNGTests.png { $0.beforePixels = [0x80, 0, 0, 0] + Array("tEXt".utf8) }
        #expect(Cleaning(broken).error == .malformed(.chunkHeader, at: 33))
    }
}
