/// Builds HEIC files of items for tests; shares no code with the stripper.
struct ItemFixture {
    struct Item {
        let itemID: Int
        let type: String
        let payload: [UInt8]
        let name: String

        init(_ itemID: Int, _ type: String, _ payload: [UInt8], name: String = "") {
            self.itemID = itemID
            self.type = type
            self.payload = payload
            self.name = name
        }

        static func picture(_ itemID: Int) -> Item {
            Item(itemID, "hvc1", [0xAB, UInt8(itemID & 0xFF), 0xCD, 0xEF])
        }
    }

    /// The first one is the primary one, 70 × 30.
    var items: [Item]
    var references: [(type: String, from: Int, to: [Int])] = []
    /// Bytes of `mdat` that belong to no item.
    var unclaimed: [UInt8] = []
    var extraProperties: [UInt8] = []
    /// Numbers of properties that the primary item cannot be shown without.
    var essentialIndices: [UInt8] = []
    var extraMeta: [UInt8] = []
    /// Boxes between `meta` and `mdat`.
    var betweenBoxes: [UInt8] = []
    /// Where items are said to stand, against the truth.
    var places: [Int: Range<Int>] = [:]

    init(items: [Item]) {
        self.items = items
    }

    var bytes: [UInt8] {
        head(mediaStart) + MediaFixture.box("mdat", unclaimed + items.flatMap(\.payload))
    }

    /// Where an item stands in the file.
    func place(of itemID: Int) -> Range<Int> { place(of: itemID, mediaStart) }

    private func place(of itemID: Int, _ mediaStart: Int) -> Range<Int> {
        var start = mediaStart
        for item in items {
            if item.itemID == itemID { return start..<start + item.payload.count }
            start += item.payload.count
        }
        return 0..<0
    }

    /// Where the first item stands.
    private var mediaStart: Int { head(0).count + 8 + unclaimed.count }

    private func head(_ mediaStart: Int) -> [UInt8] {
        let fileType = MediaFixture.box("ftyp", Array("heic\0\0\0\0mif1heic".utf8))
        let handler = [UInt8](repeating: 0, count: 8) + Array("pict".utf8) + [UInt8](repeating: 0, count: 13)
        let meta: [UInt8] =
            [0, 0, 0, 0] + MediaFixture.box("hdlr", handler)
            + MediaFixture.box("pitm", [0, 0, 0, 0] + MediaFixture.number(items[0].itemID, 2))
            + information + location(mediaStart) + links + properties + extraMeta
        return fileType + MediaFixture.box("meta", meta) + betweenBoxes
    }

    private var information: [UInt8] {
        let entries = items.flatMap { item in
            MediaFixture.box(
                "infe",
                [2, 0, 0, 0] + MediaFixture.number(item.itemID, 2) + [0, 0] + Array(item.type.utf8)
                    + Array(item.name.utf8) + [0]
            )
        }
        return MediaFixture.box("iinf", [0, 0, 0, 0] + MediaFixture.number(items.count, 2) + entries)
    }

    private func location(_ mediaStart: Int) -> [UInt8] {
        var start = mediaStart
        let entries = items.flatMap { item in
            let place = places[item.itemID] ?? start..<start + item.payload.count
            start += item.payload.count
            return MediaFixture.number(item.itemID, 2) + [0, 0, 0, 1] + MediaFixture.number(place.lowerBound, 4)
                + MediaFixture.number(place.count, 4)
        }
        return MediaFixture.box("iloc", [0, 0, 0, 0, 0x44, 0] + MediaFixture.number(items.count, 2) + entries)
    }

    private var links: [UInt8] {
        let boxes = references.flatMap { reference in
            MediaFixture.box(
                reference.type,
                MediaFixture.number(reference.from, 2) + MediaFixture.number(reference.to.count, 2)
                    + reference.to.flatMap { MediaFixture.number($0, 2) }
            )
        }
        return boxes.isEmpty ? [] : MediaFixture.box("iref", [0, 0, 0, 0] + boxes)
    }

    private var properties: [UInt8] {
        let indices = [1] + essentialIndices.map { $0 | 0x80 }
        let association: [UInt8] =
            [0, 0, 0, 0, 0, 0, 0, 1] + MediaFixture.number(items[0].itemID, 2) + [UInt8(indices.count)] + indices
        return MediaFixture.box(
            "iprp",
            MediaFixture.box("ipco", MediaFixture.extents(70, 30) + extraProperties)
                + MediaFixture.box("ipma", association)
        )
    }
}
