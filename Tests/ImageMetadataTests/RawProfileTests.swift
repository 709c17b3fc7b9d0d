import GalleryTesting
import Testing

@testable import ImageMetadata

@Suite("raw profiles in PNG texts, and inflating them")
struct RawProfileTests {
    /// Stores bytes as zlib does without compressing.
    private static func stored(_ bytes: [UInt8]) -> [UInt8] {
        let length = bytes.count
        return [
            0x78, 1, 1, UInt8(length & 0xFF), UInt8(length >> 8), UInt8(~length & 0xFF), UInt8(~length >> 8 & 0xFF),
        ]
            + bytes
    }

    private static func profile(_ kind: String, _ block: [UInt8]) -> [UInt8] {
        let digits = block.map { byte in
            let text = String(byte, radix: 16)
            return text.count == 1 ? "0" + text : text
        }
        let lines = stride(from: 0, to: digits.count, by: 36).map { digits[$0..<min($0 + 36, digits.count)].joined() }
        return Array("\n\(kind)\n    \(block.count)\n\(lines.joined(separator: "\n"))\n".utf8)
    }

    private static func camera(_ name: String, _ body: [UInt8]) -> CameraData? {
        Reading(PNGTests.png { $0.beforePixels = ImageBuilder.pngChunk(name, body) }).header?.camera
    }

    @Test("a camera is found in every kind of text, deflated or not", arguments: ["exif", "APP1"])
    func kinds(kind: String) {
        let keyword = Array("Raw profile type \(kind)\0".utf8)
        let text = Self.profile(kind, Array("Exif\0\0".utf8) + CameraFixture.block(CameraFixture.full))
        #expect(Self.camera("tEXt", keyword + text)?.model == "Model One")
        #expect(Self.camera("zTXt", keyword + [0] + Self.stored(text))?.make == "Maker")
        #expect(Self.camera("iTXt", keyword + [0, 0] + Array("en\0word\0".utf8) + text)?.sensitivity == 200)
        #expect(Self.camera("iTXt", keyword + [1, 0, 0, 0] + Self.stored(text))?.position != nil)
    }

    @Test("its orientation does not count: browsers do not turn by it")
    func orientation() {
        let text = Array("Raw profile type exif\0".utf8) + Self.profile("exif", ExifFixture(orientation: 6).bytes)
        let file = PNGTests.png { $0.beforePixels = ImageBuilder.pngChunk("tEXt", text) }
        #expect(Reading(file).header?.orientation == .up)
    }

    @Test("what is broken, or of another kind, is passed over")
    func broken() {
        let keyword = Array("Raw profile type exif\0".utf8)
        let text = Self.profile("exif", CameraFixture.block(CameraFixture.full))
        #expect(Self.camera("zTXt", keyword + [1] + Self.stored(text)) == nil)
        #expect(Self.camera("zTXt", keyword + [0] + Self.stored(text).dropLast(9)) == nil)
        #expect(Self.camera("tEXt", keyword + text + Array("xyz".utf8)) == nil)
        #expect(Self.camera("tEXt", Array("Raw profile type iptc\0".utf8) + text) == nil)
        #expect(Self.camera("tEXt", keyword) == nil)
    }

    @Test("codes of a stream's own, and fixed ones, are decoded")
    func codes() throws {
        let text = (0..<30).map { "\($0) bottles of beer on the wall, " }.joined()
        let own = try Inflater.inflate(Self.bytes(Self.ownCodes)[...], byteLimit: 950)
        #expect(own == Array(text.utf8))
        let fixed = try Inflater.inflate(Self.bytes(Self.fixedCodes)[...], byteLimit: 1000)
        #expect(fixed == Array(text.utf8.prefix(200)))
        #expect(throws: Inflater.Failure.tooLong) {
            try Inflater.inflate(Self.bytes(Self.ownCodes)[...], byteLimit: 949)
        }
    }

    @Test("a kilobyte that inflates to a megabyte costs no more than the limit", .timeLimit(.minutes(1)))
    func bomb() {
        // Fixed codes: one literal 0, then over and over the longest copy (258) at distance 1, which takes 13 bits.
        var bits: [UInt8] = [1, 1, 0] + [0, 0, 1, 1, 0, 0, 0, 0]
        for _ in 0..<(1 << 20) / 258 { bits += [1, 1, 0, 0, 0, 1, 0, 1] + [0, 0, 0, 0, 0] }
        let packed = stride(from: 0, to: bits.count, by: 8).map { start in
            bits[start..<min(start + 8, bits.count)].reversed().reduce(UInt8(0)) { $0 << 1 | $1 }
        }
        let stream = [0x78, 0x9C] + packed
        #expect(throws: Inflater.Failure.tooLong) { try Inflater.inflate(stream[...], byteLimit: 256 * 1024) }
        #expect(Self.camera("zTXt", Array("Raw profile type exif\0\0".utf8) + stream) == nil)
    }

    @Test("every prefix and every corruption of a stream ends in bytes or a refusal", .timeLimit(.minutes(1)))
    func hostile() {
        let stream = Self.bytes(Self.ownCodes)
        for byteCount in 0..<stream.count - 8 {
            #expect(throws: Inflater.Failure.self) { try Inflater.inflate(stream.prefix(byteCount), byteLimit: 4096) }
        }
        var changed = stream
        for offset in changed.indices {
            let original = changed[offset]
            for bit in 0..<8 {
                changed[offset] = original ^ 1 << UInt8(bit)
                if let bytes = try? Inflater.inflate(changed[...], byteLimit: 4096) { #expect(bytes.count <= 4096) }
            }
            changed[offset] = original
        }
    }

    private static func bytes(_ digits: String) -> [UInt8] {
        let characters = Array(digits)
        return stride(from: 0, to: characters.count, by: 2).compactMap {
            UInt8(String(characters[$0...$0 + 1]), radix: 16)
        }
    }

    /// What zlib 1.2.13 makes of the text at level 9.
    private static let ownCodes =
        "78da85d2c10984401404d1547e001eec5677351c85110f8303bb03a66f06bfce757bd41847ebbd967fb4338e527ed1eee857"
        + "8967af7508e5"
        + "d9799ef23ce779c9f327cfdf3caf79de8065840e6e0238819c804e6027c013e809f8047e063fd377e067f033f819fc0c7e06"
        + "3f839fc1ef05"
        + "dd7e3ec1"
    /// What it makes of the first 200 bytes with fixed codes.
    private static let fixedCodes =
        "7801335048ca2f29c9492d56c84f53484a4d2d52c8cf5328c94855284fccc9d15130c42f6d845fda18bfb4097e6953fcd266"
        + "28d2009fc343b6"
}
