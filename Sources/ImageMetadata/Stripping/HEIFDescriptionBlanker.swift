/// Blanks in a `meta` box what describes no picture: names, descriptions, times, and boxes of unknown meaning.
struct HEIFDescriptionBlanker {
    /// The items.
    let items: HEIFItemTable
    /// Which of them stay.
    let roles: HEIFItemRoles

    /// Properties that say how to decode and show an item (ISO/IEC 23008-12 and 23000-22, AV1-AVIF).
    private static let keptProperties: Set<UInt32> = Set(
        ([
            "ispe", "pixi", "colr", "pasp", "auxC", "clap", "irot", "imir", "rloc", "lsel", "rref", "iscl",
            "hvcC", "lhvC", "oinf", "tols", "avcC", "vvcC", "evcC", "av1C", "a1op", "a1lx", "jpgC", "j2kH",
            "cmpd", "uncC", "clli", "mdcv", "cclv", "amve", "ndwt", "reve", "subs",
        ] as [ChunkName]).map(\.code)
    )

    /// Looks through a `meta` box.
    ///
    /// - Parameters:
    ///   - meta: The box.
    ///   - bytes: The file.
    ///   - plan: Takes what is to be blanked.
    func blank(_ meta: MediaBoxPlace, of bytes: Span<UInt8>, into plan: inout BlankingPlan) {
        var offset = meta.body(after: 4).lowerBound
        while let box = MediaBoxPlace(in: bytes, at: offset, limit: meta.body.upperBound) {
            offset = box.range.upperBound
            switch box.name {
            case "pitm", "iloc", "iref", "dinf", "grpl", "ipro": break
            case "hdlr": plan.blankUnprotected(box.body(after: 24))
            case "iinf": blankEntries(box, of: bytes, into: &plan)
            case "iprp": blankProperties(box, of: bytes, into: &plan)
            case "idat" where box.body == items.inlineData: plan.blankUnprotected(box.body)
            default: plan.free(box)
            }
        }
        plan.freeRest(offset..<meta.range.upperBound)
    }

    /// Blanks the names of all items, and makes what goes an item of a type that nobody knows.
    private func blankEntries(_ box: MediaBoxPlace, of bytes: Span<UInt8>, into plan: inout BlankingPlan) {
        for entry in HEIFItemEntry.all(in: box, of: bytes) {
            plan.blankUnprotected(entry.names)
            if let offset = entry.typeOffset, roles.role(of: entry.itemID) == .other {
                plan.rename(at: offset, to: "skip")
            }
        }
    }

    private func blankProperties(_ box: MediaBoxPlace, of bytes: Span<UInt8>, into plan: inout BlankingPlan) {
        let essential = essentialProperties(box, of: bytes)
        var index = 0
        var offset = box.body.lowerBound
        while let container = MediaBoxPlace(in: bytes, at: offset, limit: box.body.upperBound) {
            offset = container.range.upperBound
            guard container.name == "ipco" else {
                if container.name != "ipma" { plan.free(container) }
                continue
            }
            var inner = container.body.lowerBound
            while let property = MediaBoxPlace(in: bytes, at: inner, limit: container.body.upperBound) {
                inner = property.range.upperBound
                index += 1
                if !Self.keptProperties.contains(property.name.code), !essential.contains(index) {
                    plan.free(property)
                }
            }
        }
    }

    /// The numbers of properties that a decoder has to know to show an item.
    private func essentialProperties(_ box: MediaBoxPlace, of bytes: Span<UInt8>) -> Set<Int> {
        var essential: Set<Int> = []
        var offset = box.body.lowerBound
        while let table = MediaBoxPlace(in: bytes, at: offset, limit: box.body.upperBound) {
            offset = table.range.upperBound
            if table.name == "ipma" { addEssential(of: table, bytes, to: &essential) }
        }
        return essential
    }

    private func addEssential(of table: MediaBoxPlace, _ bytes: Span<UInt8>, to essential: inout Set<Int>) {
        let end = table.body.upperBound
        let isWide = (bytes.number(at: table.body.lowerBound + 3, 1) ?? 0) & 1 == 1
        let (idByteCount, indexByteCount) = (table.isLong(bytes) ? 4 : 2, isWide ? 2 : 1)
        let flag = isWide ? 0x8000 : 0x80
        var offset = table.body(after: 8).lowerBound
        while offset + idByteCount + 1 <= end, let count = bytes.number(at: offset + idByteCount, 1) {
            offset += idByteCount + 1
            for _ in 0..<count where offset + indexByteCount <= end {
                let value = bytes.number(at: offset, indexByteCount) ?? 0
                if value & flag != 0 { essential.insert(value & (flag - 1)) }
                offset += indexByteCount
            }
        }
    }
}
