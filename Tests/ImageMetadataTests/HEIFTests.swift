import ImageMetadata
import Testing

@Suite("AVIF and HEIC", .timeLimit(.minutes(1)))
struct HEIFTests {
    private static func sides(_ configure: (inout MediaFixture) -> Void) -> [Int]? {
        var fixture = MediaFixture()
        configure(&fixture)
        return Reading(fixture.bytes).header.map { [$0.width, $0.height] }
    }

    @Test("brands tell AVIF, HEIC and sequences")
    func brands() {
        for (brands, format, isAnimated) in [
            (["avif", "mif1"], ImageFormat.avif, false as Bool?), (["heic", "mif1"], .heic, false),
            (["mif1", "avif"], .avif, false), (["avis", "msf1"], .avif, true), (["avif", "avis"], .avif, nil),
        ] {
            var fixture = MediaFixture()
            fixture.brands = brands
            let header = Reading(fixture.bytes).header
            #expect(header?.format == format)
            #expect(header?.isAnimated == isAnimated)
            #expect(header.map { [$0.width, $0.height] } == [70, 30])
        }
    }

    @Test("crop and turn apply in the order of the item's properties, not of the file's")
    func order() {
        let properties = [MediaFixture.turned(1), MediaFixture.aperture(40, 20), MediaFixture.extents(70, 30)]
        let make: ([UInt8]) -> [Int]? = { indices in
            Self.sides {
                $0.properties = properties
                $0.indices = indices
            }
        }
        #expect(make([3, 2, 1]) == [20, 40])
        #expect(make([3, 0x81, 0x82]) == [30, 20])
        #expect(make([3]) == [70, 30])
    }

    @Test("properties that nobody knows are counted, and numbers that name none are passed over")
    func unknownProperties() {
        let sides = Self.sides {
            $0.properties = [MediaFixture.box("free", [1, 2]), MediaFixture.extents(9, 8), MediaFixture.extents(7, 6)]
            $0.indices = [0, 99, 2]
        }
        #expect(sides == [9, 8])
    }

    @Test("a file of forty-eight items is read by its primary one")
    func manyItems() {
        let sides = Self.sides {
            $0.properties = [MediaFixture.extents(512, 512), MediaFixture.extents(4032, 3024)]
            $0.indices = [2]
            $0.primaryID = 49
            $0.otherItemCount = 48
        }
        #expect(sides == [4032, 3024])
    }

    @Test("boxes behind the pixels cost one more range")
    func metaAfterPixels() {
        var fixture = MediaFixture()
        fixture.leadingByteCount = 5_000_000
        let reading = Reading(fixture.bytes)
        #expect(reading.header.map { [$0.width, $0.height] } == [70, 30])
        #expect(reading.ranges.count == 2)
    }

    @Test("a box of size zero ends the walk and harms nobody")
    func zeroSizeBox() {
        #expect(
            Self.sides { $0.properties = [[0, 0, 0, 0] + Array("ispe".utf8) + [UInt8](repeating: 0, count: 12)] } == nil
        )
        #expect(Self.sides { $0.properties = [[0, 0, 0, 3] + Array("ispe".utf8), MediaFixture.extents(7, 6)] } == nil)
    }

    @Test("a file without a primary item of a known size is refused")
    func missing() {
        for indices: [UInt8] in [[], [9], [0]] {
            var fixture = MediaFixture()
            fixture.indices = indices
            guard case .malformed(.primaryItem, _) = Reading(fixture.bytes).error else {
                Issue.record("\(Reading(fixture.bytes))")
                continue
            }
        }
    }

    @Test("a picture of tiles without a property for its sides tells them itself", arguments: [2, 4])
    func grid(sideByteCount: Int) {
        let payload =
            [0, sideByteCount == 4 ? 1 : 0, 1, 1] + MediaFixture.number(70, sideByteCount)
            + MediaFixture.number(30, sideByteCount)
        let entry = MediaFixture.box("infe", [2, 0, 0, 0, 0, 1, 0, 0] + Array("grid\0".utf8))
        let place: [UInt8] =
            [0, 1, 0, 1, 0, 0, 0, 1] + MediaFixture.number(0, 4) + MediaFixture.number(payload.count, 4)
        let association: [UInt8] = [0, 0, 0, 0, 0, 0, 0, 1, 0, 1, 1, 1]
        let meta: [UInt8] =
            [0, 0, 0, 0] + MediaFixture.box("pitm", [0, 0, 0, 0, 0, 1])
            + MediaFixture.box("iinf", [0, 0, 0, 0, 0, 1] + entry)
            + MediaFixture.box("iloc", [1, 0, 0, 0, 0x44, 0, 0, 1] + place)
            + MediaFixture.box(
                "iprp",
                MediaFixture.box("ipco", MediaFixture.turned(1)) + MediaFixture.box("ipma", association)
            )
            + MediaFixture.box("idat", payload)
        let file = MediaFixture.box("ftyp", Array("heic\0\0\0\0".utf8)) + MediaFixture.box("meta", meta)
        #expect(Reading(file).header.map { [$0.width, $0.height] } == [30, 70])
        #expect(Cleaning(file).isIdentity)
    }
}
