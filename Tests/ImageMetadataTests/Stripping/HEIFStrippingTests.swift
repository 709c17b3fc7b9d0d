import GalleryTesting
import ImageMetadata
import Testing

@Suite("stripping AVIF and HEIC")
struct HEIFStrippingTests {
    private static let empty: [UInt8] = [0, 0, 0, 0, 0x4D, 0x4D, 0, 42, 0, 0, 0, 8, 0, 0, 0, 0, 0, 0]
    private static let secret = Array("SECRET-51.5N".utf8)

    @Test("a file with nothing private comes out as it is")
    func clean() {
        #expect(Cleaning(ItemFixture(items: [.picture(1)]).bytes).isIdentity)
        #expect(Cleaning(ItemFixture(items: [.picture(1), .picture(2)]).bytes).isIdentity)
    }

    @Test("an EXIF item becomes an empty block of the same length")
    func exif() {
        let file = ItemFixture(items: [
            .picture(1), .init(2, "Exif", [0, 0, 0, 0] + ExifFixture(orientation: 6).bytes + Self.secret),
        ])
        let cleaning = Cleaning(file.bytes)
        #expect(cleaning.lacks("SECRET"))
        #expect(cleaning.bytes?.count == file.bytes.count)
        #expect(cleaning.bytes.map { Array($0[file.place(of: 2)].prefix(18)) } == Self.empty)
    }

    @Test("items that are no pictures become zeros of an unknown type", arguments: ["mime", "uri ", "abcd"])
    func texts(type: String) {
        let file = ItemFixture(items: [.picture(1), .init(2, type, Self.secret, name: "SECRET name")])
        let cleaning = Cleaning(file.bytes)
        #expect(cleaning.lacks("SECRET"))
        #expect(cleaning.bytes?[file.place(of: 1)] == file.bytes[file.place(of: 1)])
        #expect(cleaning.lacks(type))
    }

    @Test("a thumbnail goes with what only it is made of; tiles of the picture stay")
    func thumbnails() throws {
        var file = ItemFixture(items: [
            .init(1, "grid", [0, 0, 0, 1, 0, 70, 0, 30]), .picture(2), .picture(3),
            .init(4, "grid", [0, 0, 0, 1, 0, 70, 0, 30]), .init(5, "hvc1", Self.secret), .picture(6),
        ])
        file.references = [("dimg", 1, [2, 3]), ("thmb", 4, [1]), ("dimg", 4, [5, 3])]
        let clean = try #require(Cleaning(file.bytes).bytes)
        for itemID in [1, 2, 3, 6] { #expect(clean[file.place(of: itemID)] == file.bytes[file.place(of: itemID)]) }
        for itemID in [4, 5] { #expect(clean[file.place(of: itemID)].allSatisfy { $0 == 0 }) }
    }

    @Test("bytes of no item, unknown boxes, descriptions, names and the tail go")
    func rest() {
        var file = ItemFixture(items: [.picture(1)])
        file.unclaimed = Self.secret
        file.extraProperties = MediaFixture.box("udes", [0, 0, 0, 0] + Self.secret)
        file.extraMeta = MediaFixture.box("xml ", [0, 0, 0, 0] + Self.secret)
        file.betweenBoxes = MediaFixture.box("uuid", Self.secret) + MediaFixture.box("free", Self.secret)
        let plain = file.bytes
        let cleaning = Cleaning(plain + MediaFixture.box("sefd", Self.secret) + Self.secret)
        #expect(cleaning.lacks("SECRET"))
        #expect(cleaning.bytes?.count == plain.count)
        #expect(cleaning.bytes?[file.place(of: 1)] == plain[file.place(of: 1)])
    }

    @Test("a property that a decoder has to know stays, whatever it is")
    func essential() {
        var file = ItemFixture(items: [.picture(1)])
        file.extraProperties = MediaFixture.box("abcd", [1, 2, 3])
        file.essentialIndices = [2]
        #expect(Cleaning(file.bytes).isIdentity)
    }

    @Test("a sequence keeps its samples; texts, places and times in it go")
    func sequence() {
        var file = ItemFixture(items: [.picture(1), .init(2, "mime", Self.secret)])
        file.unclaimed = Array("samples of the sequence".utf8)
        let place = MediaFixture.box("udta", MediaFixture.box("\u{a9}xyz", Self.secret))
        let header = MediaFixture.box("mvhd", [0, 0, 0, 0] + Self.secret.prefix(8) + [0, 0, 0, 1])
        let handler = MediaFixture.box(
            "hdlr",
            [UInt8](repeating: 0, count: 8) + Array("pict".utf8) + [UInt8](repeating: 0, count: 12) + Self.secret
        )
        let track = MediaFixture.box("trak", MediaFixture.box("mdia", handler + place))
        file.betweenBoxes = MediaFixture.box("moov", header + track + place)
        let cleaning = Cleaning(file.bytes)
        #expect(cleaning.lacks("SECRET"))
        #expect(!cleaning.lacks("samples of the sequence"))
    }

    @Test("48 items, and more, are no matter", arguments: [48, 5000])
    func manyItems(count: Int) {
        let tiles = (2...count).map { ItemFixture.Item.picture($0) }
        let file = ItemFixture(items: [.picture(1)] + tiles)
        #expect(Reading(file.bytes).header.map { [$0.width, $0.height] } == [70, 30])
        #expect(Cleaning(file.bytes).isIdentity)
    }

    @Test("a text that shares its bytes with a picture, or with the boxes, is refused")
    func shared() {
        var file = ItemFixture(items: [.picture(1), .init(2, "mime", Self.secret)])
        file.places[2] = file.place(of: 1)
        guard case .malformed(.itemLocation, _)? = Cleaning(file.bytes).error else {
            Issue.record("shared bytes were taken")
            return
        }
        file.places[2] = 4..<12
        guard case .malformed(.itemLocation, _)? = Cleaning(file.bytes).error else {
            Issue.record("a box was taken for an item")
            return
        }
    }

    @Test("boxes of no size, and a file without a picture, are refused or cut off")
    func zeroSizes() {
        let file = ItemFixture(items: [.picture(1)]).bytes
        #expect(Cleaning(file + [0, 0, 0, 4] + Array("free".utf8)).bytes == file)
        let type = Array(file.prefix(24))
        #expect(Cleaning(type, as: .heic).error == .malformed(.primaryItem, at: 0))
        let boxes = [[UInt8]](repeating: [0, 0, 0, 8] + Array("free".utf8), count: 2000).flatMap(\.self)
        guard case .headerTooLong? = Cleaning(type + boxes + file.dropFirst(24), as: .heic).error else {
            Issue.record("walks any number of boxes")
            return
        }
    }
}
