/// A picture that is put together from tiles (ISO/IEC 23008-12, 6.6.2.3).
enum HEIFGrid {
    /// The sides that a primary item of tiles declares itself, for files that leave out the property with the sides.
    ///
    /// - Parameter meta: The inside of the `meta` box, its version and flags included.
    /// - Returns: The sides of the whole; `nil` when the item is no grid, or stands elsewhere than in this box.
    static func sides(in meta: ArraySlice<UInt8>) -> (width: Int, height: Int)? {
        let bytes = Array(meta)
        guard let items = try? HEIFItemTable(bytes.span, meta: MediaBoxPlace(wholeOf: bytes.span)),
            let primaryID = items.primaryID, items.gridIDs.contains(primaryID), let data = items.inlineData,
            let range = items.extents.first(where: { $0.itemID == primaryID })?.range, data.contains(range.lowerBound)
        else { return nil }
        // Version, flags, rows and columns less one, then the sides of 16 or 32 bits.
        let sideByteCount = (bytes.span.number(at: range.lowerBound + 1, 1) ?? 0) & 1 == 1 ? 4 : 2
        guard range.count >= 4 + 2 * sideByteCount,
            let width = bytes.span.number(at: range.lowerBound + 4, sideByteCount),
            let height = bytes.span.number(at: range.lowerBound + 4 + sideByteCount, sideByteCount)
        else { return nil }
        return (width, height)
    }
}
