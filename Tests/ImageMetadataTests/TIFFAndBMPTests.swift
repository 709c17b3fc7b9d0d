import ImageMetadata
import Testing

@Suite("TIFF and BMP", .timeLimit(.minutes(1)))
struct TIFFAndBMPTests {
    private static func little(_ value: Int, _ byteCount: Int) -> [UInt8] {
        (0..<byteCount).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    }

    /// A TIFF of one directory: SHORT width, LONG height, SHORT orientation.
    static func tiff(isBig: Bool, isLittle: Bool = true, orientation: Int = 1, gap: Int = 0) -> [UInt8] {
        let put: (Int, Int) -> [UInt8] = { isLittle ? little($0, $1) : MediaFixture.number($0, $1) }
        let word = isBig ? 8 : 4
        let entry: (Int, Int, Int) -> [UInt8] = { tag, type, value in
            let length = type == 3 ? 2 : 4
            return put(tag, 2) + put(type, 2) + put(1, word) + put(value, length)
                + [UInt8](repeating: 0, count: word - length)
        }
        let start = (isBig ? 16 : 8) + gap
        var file = Array((isLittle ? "II" : "MM").utf8) + put(isBig ? 43 : 42, 2)
        file += isBig ? put(8, 2) + put(0, 2) + put(start, 8) : put(start, 4)
        file += [UInt8](repeating: 0, count: gap) + put(3, isBig ? 8 : 2)
        return file + entry(256, 3, 70) + entry(257, 4, 30) + entry(274, 3, orientation) + put(0, word)
    }

    static func bmp(_ headerByteCount: Int, width: Int, height: Int) -> [UInt8] {
        let sideByteCount = headerByteCount == 12 ? 2 : 4
        let header = little(headerByteCount, 4) + little(width, sideByteCount) + little(height, sideByteCount)
        return Array("BM".utf8) + [UInt8](repeating: 0, count: 12) + header + [UInt8](repeating: 0, count: 120)
    }

    @Test("both kinds of TIFF are read in both byte orders, orientation applied", arguments: [false, true])
    func tiff(isBig: Bool) {
        for isLittle in [false, true] {
            let upright = Reading(Self.tiff(isBig: isBig, isLittle: isLittle)).header
            #expect(upright?.format == .tiff)
            #expect(upright.map { [$0.width, $0.height] } == [70, 30])
            let turned = Reading(Self.tiff(isBig: isBig, isLittle: isLittle, orientation: 6)).header
            #expect(turned.map { [$0.width, $0.height] } == [30, 70])
            #expect(Reading(Self.tiff(isBig: isBig, isLittle: isLittle, orientation: 9)).header?.orientation == .up)
        }
    }

    @Test("a directory at the far end costs one more range")
    func farDirectory() {
        let reading = Reading(Self.tiff(isBig: false, gap: 3_000_000))
        #expect(reading.header?.width == 70)
        #expect(reading.ranges.count == 2)
    }

    @Test("a directory that cannot be there is refused")
    func outOfPlace() {
        let head: [UInt8] = [0x49, 0x49, 0x2A, 0]
        #expect(Reading(head + [0xFF, 0xFF, 0xFF, 0xFF]).error == .truncated(at: 8))
        #expect(Reading(head + [0, 0, 0, 0]).error == .malformed(.directory, at: 0))
        let big: [UInt8] = [0x49, 0x49, 0x2B, 0, 8, 0, 0, 0] + [UInt8](repeating: 0xFF, count: 8)
        #expect(Reading(big).error == .truncated(at: 16))
    }

    @Test("every kind of BMP header is read", arguments: [12, 16, 40, 52, 56, 64, 108, 124])
    func bmp(headerByteCount: Int) {
        let header = Reading(Self.bmp(headerByteCount, width: 70, height: 30)).header
        #expect(header?.format == .bmp)
        #expect(header.map { [$0.width, $0.height] } == [70, 30])
    }

    @Test("a BMP stored from the top is as high as one stored from the bottom, and the lowest number traps nobody")
    func topDown() {
        #expect(Reading(Self.bmp(40, width: 70, height: -30)).header?.height == 30)
        #expect(Reading(Self.bmp(40, width: 1, height: Int(Int32.min))).header?.height == 2_147_483_648)
        #expect(Reading(Self.bmp(40, width: -70, height: 30)).error == .zeroSide(at: 18))
        #expect(Reading(Self.bmp(41, width: 7, height: 3)).error == .malformed(.bitmapHeader, at: 14))
    }
}
