import GalleryTesting
import ImageMetadata
import Testing

@Suite("stripping WebP")
struct WebPStrippingTests {
    @Test("a WebP with nothing private comes out as it is", arguments: ImageBuilder.WebPOptions.Layout.allCases)
    func clean(layout: ImageBuilder.WebPOptions.Layout) {
        #expect(Cleaning(WebPTests.webp { $0.layout = layout }).isIdentity)
        #expect(Cleaning(WebPTests.webp { $0.frameCount = 3 }).isIdentity)
    }

    @Test("of EXIF only the orientation stays, and none at all for a picture that is upright", arguments: 0...9)
    func orientation(value: Int) {
        let file = WebPTests.webp {
            $0.layout = .extended
            $0.exif = ExifFixture(orientation: value, isLittleEndian: true)
            $0.exif?.trailingByteCount = 333
            $0.beforeExif = ImageBuilder.riffChunk("XMP ", Array("SECRET".utf8)) + ImageBuilder.riffChunk("JUNK", [1])
        }
        let expected = WebPTests.webp {
            $0.layout = .extended
            if (2...8).contains(value) {
                $0.exif = ExifFixture(orientation: value)
                $0.exif?.hasIdentifier = false
            }
        }
        #expect(Cleaning(file).bytes == expected)
    }

    @Test("chunks behind a simple picture go, and what is behind the RIFF")
    func trailer() {
        let file = WebPTests.webp { $0.layout = .lossy }
        let more = WebPTests.webp {
            $0.layout = .lossy
            $0.beforeExif = ImageBuilder.riffChunk("EXIF", Array("SECRET".utf8))
        }
        #expect(Cleaning(more).bytes == file)
        #expect(Cleaning(file + Array("SECRET".utf8)).bytes == file)
    }

    @Test("chunks inside of an animation's frames go, and the lengths around them are mended")
    func insideFrames() throws {
        let plain = WebPTests.webp { $0.frameCount = 2 }
        // The first frame begins behind RIFF (12), VP8X (18) and ANIM (14).
        let hidden = ImageBuilder.riffChunk("UNKN", Array("SECRET!".utf8))
        let byteCount = Int(plain[48]) | Int(plain[49]) << 8
        let frame = Array(plain[52..<52 + byteCount]) + hidden
        let body = Array(plain[8..<44]) + ImageBuilder.riffChunk("ANMF", frame) + plain[(52 + byteCount)...]
        let cleaning = Cleaning(ImageBuilder.riffChunk("RIFF", body))
        #expect(cleaning.bytes == plain)
    }

    @Test("only the first picture counts, and only the first profile")
    func secondPicture() {
        let file = WebPTests.webp { $0.layout = .extended }
        let picture = Array(WebPTests.webp { $0.layout = .lossless }.dropFirst(12))
        #expect(
            Cleaning(
                WebPTests.webp {
                    $0.layout = .extended
                    $0.beforeExif = picture
                }
            ).bytes == file
        )
    }

    @Test("a WebP that breaks off keeps its declared lengths")
    func truncated() {
        #expect(Cleaning(Array(WebPTests.webp { $0.layout = .lossless }.dropLast(5))).isIdentity)
    }

    @Test("a RIFF without a picture is refused")
    func refused() {
        #expect(Cleaning(WebPTests.riff("EXIF", [1, 2])).error == .malformed(.missingBitstream, at: 12))
        #expect(Cleaning(WebPTests.riff("VP8X", [1, 2])).error == .malformed(.missingBitstream, at: 12))
        #expect(Cleaning(Array("RIFF\0\0\0\0WEBP".utf8)).error == .malformed(.missingBitstream, at: 4))
    }
}

@Suite("stripping GIF")
struct GIFStrippingTests {
    private static let head = GIFTests.gif { _ in }.prefix(13 + 24)

    private static func with(_ blocks: [UInt8]) -> [UInt8] {
        Array(head) + blocks + GIFTests.gif { _ in }.dropFirst(head.count)
    }

    private static func block(_ kind: UInt8, _ parts: [String]) -> [UInt8] {
        [0x21, kind] + parts.flatMap { [UInt8($0.utf8.count)] + Array($0.utf8) } + [0]
    }

    @Test("a GIF with nothing private comes out as it is, animated or not")
    func clean() {
        #expect(Cleaning(GIFTests.gif { _ in }).isIdentity)
        #expect(Cleaning(GIFTests.gif { $0.frameCount = 3 }).isIdentity)
        let profile = Self.block(0xFF, ["ICCRGBG1012", "profile"])
        #expect(Cleaning(Self.with(profile)).isIdentity)
    }

    @Test("comments, texts and extensions of other programs go")
    func privateBlocks() {
        let plain = GIFTests.gif { _ in }
        let blocks = [
            Self.block(0xFE, ["SECRET", "more"]), Self.block(0x01, ["123456789012", "SECRET"]),
            Self.block(0xFF, ["XMP DataXMP", "SECRET"]), Self.block(0xFF, ["SECRETSECRE"]),
            Self.block(0x77, ["SECRET"]),
        ]
        for block in blocks {
            #expect(Cleaning(Self.with(block)).bytes == plain)
            #expect(Cleaning(plain.dropLast() + block + [0x3B]).bytes == plain)
        }
    }

    @Test("of a looping extension only what says how to loop stays")
    func looping() {
        let loop: [UInt8] = [0x21, 0xFF, 11] + Array("NETSCAPE2.0".utf8) + [3, 1, 0, 0]
        let file = Self.with(loop + [6] + Array("SECRET".utf8) + [5, 2, 0, 0, 0, 1, 0])
        #expect(Cleaning(file).bytes == Self.with(loop + [5, 2, 0, 0, 0, 1, 0]))
    }

    @Test("everything behind the trailer goes; a byte that begins no block ends the picture")
    func trailer() {
        let file = GIFTests.gif { _ in }
        #expect(Cleaning(file + Array("PK\u{3}\u{4}SECRET".utf8)).bytes == file)
        #expect(Cleaning(file.dropLast() + Array("SECRET".utf8)).bytes == Array(file.dropLast()))
        #expect(Cleaning(Self.with(Array("SECRET".utf8))).error == .malformed(.blockKind, at: 37))
    }

    @Test("a GIF that breaks off in a frame stays as far as it goes")
    func truncated() {
        #expect(Cleaning(Array(GIFTests.gif { _ in }.dropLast(9))).isIdentity)
        #expect(Cleaning(Array(GIFTests.gif { _ in }.prefix(20))).error == .truncated(at: 20))
    }
}
