/// An entry of `iinf`: which kind of thing an item is (ISO/IEC 14496-12, 8.11.6).
struct HEIFItemEntry {
    /// The item.
    let itemID: Int
    /// Its type; `nil` in the first two versions of the entry, which know none.
    let type: ChunkName?
    /// Where its type stands.
    let typeOffset: Int?
    /// Its names and whatever else follows.
    let names: Range<Int>

    /// The entries of a table.
    ///
    /// - Parameters:
    ///   - table: The `iinf` box.
    ///   - bytes: The file.
    /// - Returns: The entries as far as they can be read.
    static func all(in table: MediaBoxPlace, of bytes: Span<UInt8>) -> [HEIFItemEntry] {
        var entries: [HEIFItemEntry] = []
        var offset = table.body(after: table.isLong(bytes) ? 8 : 6).lowerBound
        while let box = MediaBoxPlace(in: bytes, at: offset, limit: table.body.upperBound) {
            offset = box.range.upperBound
            if box.name == "infe", let entry = HEIFItemEntry(box, bytes) { entries.append(entry) }
        }
        return entries
    }

    private init?(_ box: MediaBoxPlace, _ bytes: Span<UInt8>) {
        guard let version = bytes.number(at: box.body.lowerBound, 1) else { return nil }
        let idByteCount = version >= 3 ? 4 : 2
        let typeStart = box.body.lowerBound + 4 + idByteCount + 2
        guard typeStart + (version >= 2 ? 4 : 0) <= box.body.upperBound,
            let itemID = bytes.number(at: box.body.lowerBound + 4, idByteCount)
        else { return nil }
        self.itemID = itemID
        type = version >= 2 ? bytes.name(at: typeStart) : nil
        typeOffset = version >= 2 ? typeStart : nil
        names = box.body(after: 4 + idByteCount + 2 + (version >= 2 ? 4 : 0))
    }
}
