extension HEIFItems {
    /// Finds the file's EXIF item by `iinf` and `iloc`.
    ///
    /// - Parameters:
    ///   - information: The inside of `iinf`.
    ///   - location: The inside of `iloc`.
    /// - Returns: Where it stands, no more of it than is looked at; `nil` when the file itself holds none.
    static func exifRange(information: ArraySlice<UInt8>, location: ArraySlice<UInt8>) -> Range<Int>? {
        guard let itemID = exifItemID(information) else { return nil }
        return (try? Self.range(of: itemID, in: location)) ?? nil
    }

    private static func exifItemID(_ information: ArraySlice<UInt8>) -> Int? {
        let countByteCount = information.first == 0 ? 2 : 4
        for box in MediaBoxes(information.dropFirst(4 + countByteCount)) where box.name == "infe" {
            guard let version = box.body.first, version >= 2 else { continue }
            let idByteCount = version == 2 ? 2 : 4
            var cursor = FileWindow(whole: box.body).cursor(at: 4)
            guard let itemID = try? cursor.popOffset(idByteCount, .bigEndian),
                (try? cursor.skip(2)) != nil,
                let type = try? cursor.popUInt32(.bigEndian)
            else { continue }
            if ChunkName(code: type) == "Exif" { return itemID }
        }
        return nil
    }

    /// Walks an `iloc` box: each item takes at least six bytes of it, and extents are passed over all at once.
    private static func range(
        of itemID: Int,
        in location: ArraySlice<UInt8>
    ) throws(HeaderInterruption) -> Range<Int>? {
        var cursor = FileWindow(whole: location).cursor(at: 0)
        let version = try cursor.popByte()
        try cursor.skip(3)
        let sizes = try cursor.popUInt16(.bigEndian)
        let (offsetByteCount, lengthByteCount) = (sizes >> 12, sizes >> 8 & 0xF)
        let (baseByteCount, indexByteCount) = (sizes >> 4 & 0xF, version == 0 ? 0 : sizes & 0xF)
        guard max(offsetByteCount, lengthByteCount, baseByteCount, indexByteCount) <= 8 else {
            return nil
        }
        let idByteCount = version < 2 ? 2 : 4
        for _ in 0..<(try cursor.popOffset(idByteCount, .bigEndian)) {
            let candidate = try cursor.popOffset(idByteCount, .bigEndian)
            let method = version == 0 ? 0 : try cursor.popUInt16(.bigEndian) & 0xF
            try cursor.skip(2)
            let base = try cursor.popOffset(baseByteCount, .bigEndian)
            let extentCount = try cursor.popUInt16(.bigEndian)
            guard candidate == itemID else {
                try cursor.skip(extentCount * (indexByteCount + offsetByteCount + lengthByteCount))
                continue
            }
            guard method == 0, extentCount > 0 else { return nil }
            try cursor.skip(indexByteCount)
            let (start, isTooFar) = base.addingReportingOverflow(
                try cursor.popOffset(offsetByteCount, .bigEndian)
            )
            let byteCount = min(
                try cursor.popOffset(lengthByteCount, .bigEndian),
                HeaderLimits.exifByteCount
            )
            return isTooFar || start > Int.max - byteCount ? nil : start..<start + byteCount
        }
        return nil
    }
}
