/// What the `meta` box of a HEIF file says about its primary item.
struct HEIFItems: Sendable {
    private var primaryID: Int?
    /// All properties of the file; an item names them by their number from 1 on, unknown ones counted too.
    private var properties: [(name: ChunkName, body: ArraySlice<UInt8>)] = []
    private var associations: [ArraySlice<UInt8>] = []
    private var information: ArraySlice<UInt8> = []
    private var location: ArraySlice<UInt8> = []
    private let meta: ArraySlice<UInt8>

    /// Takes the boxes apart; what is broken is left out.
    ///
    /// - Parameter meta: The inside of the `meta` box, its version and flags included.
    init(_ meta: ArraySlice<UInt8>) {
        self.meta = meta
        for box in MediaBoxes(meta.dropFirst(4)) {
            switch box.name {
            case "pitm": primaryID = try? Self.primaryID(box.body)
            case "iprp": takeProperties(box.body)
            case "iinf": information = box.body
            case "iloc": location = box.body
            default: break
            }
        }
    }

    private mutating func takeProperties(_ boxes: ArraySlice<UInt8>) {
        for box in MediaBoxes(boxes) {
            if box.name == "ipco" { properties += MediaBoxes(box.body) }
            if box.name == "ipma" { associations.append(box.body) }
        }
    }

    private static func primaryID(_ body: ArraySlice<UInt8>) throws(HeaderInterruption) -> Int {
        var cursor = FileWindow(whole: body).cursor(at: 0)
        let isLong = try cursor.popByte() > 0
        try cursor.skip(3)
        return try cursor.popOffset(isLong ? 4 : 2, .bigEndian)
    }

    /// Where the EXIF item stands in the file, no more of it than is looked at; `nil` when there is none.
    var exifRange: Range<Int>? { Self.exifRange(information: information, location: location) }

    /// The primary item's sides with its transformations applied in order; `nil` when it has none.
    var displayedSides: (width: Int, height: Int)? {
        guard let primaryID else { return nil }
        let indices = propertyIndices(of: primaryID)
        let hasExtents = indices.contains { properties.indices.contains($0 - 1) && properties[$0 - 1].name == "ispe" }
        var sides = hasExtents ? nil : HEIFGrid.sides(in: meta)
        for index in indices where properties.indices.contains(index - 1) {
            let property = properties[index - 1]
            var cursor = FileWindow(whole: property.body).cursor(at: 0)
            switch (property.name, sides) {
            case ("ispe", nil): sides = try? Self.popExtents(&cursor)
            case ("clap", let known?): sides = (try? Self.popAperture(&cursor, of: known)) ?? known
            case ("irot", let known?):
                let quarters = (try? cursor.popByte()) ?? 0
                sides = quarters % 2 == 1 ? (known.height, known.width) : known
            default: break
            }
        }
        return sides
    }

    private func propertyIndices(of itemID: Int) -> [Int] {
        for body in associations {
            if let found = try? Self.propertyIndices(of: itemID, in: body) { return found }
        }
        return []
    }

    /// Walks an `ipma` box: each item takes at least three bytes of it, so a count that lies ends with the bytes.
    private static func propertyIndices(
        of itemID: Int,
        in body: ArraySlice<UInt8>
    ) throws(HeaderInterruption) -> [Int]? {
        var cursor = FileWindow(whole: body).cursor(at: 0)
        let version = try cursor.popByte()
        let isWide = try cursor.popUInt24(.bigEndian) & 1 == 1
        for _ in 0..<(try cursor.popUInt32(.bigEndian)) {
            let candidate = try cursor.popOffset(version == 0 ? 2 : 4, .bigEndian)
            var indices: [Int] = []
            for _ in 0..<(try cursor.popByte()) {
                let index = try cursor.popOffset(isWide ? 2 : 1, .bigEndian)
                // The highest bit says that the property is essential.
                indices.append(index & (isWide ? 0x7FFF : 0x7F))
            }
            if candidate == itemID { return indices }
        }
        return nil
    }

    private static func popExtents(
        _ cursor: inout ByteCursor
    ) throws(HeaderInterruption) -> (
        width: Int, height: Int
    ) {
        try cursor.skip(4)
        return (try cursor.popOffset(4, .bigEndian), try cursor.popOffset(4, .bigEndian))
    }

    /// A clean aperture: width and height as fractions, never more than there is.
    private static func popAperture(
        _ cursor: inout ByteCursor,
        of sides: (width: Int, height: Int)
    ) throws(HeaderInterruption) -> (width: Int, height: Int)? {
        let numbers = try (0..<4).map { _ throws(HeaderInterruption) in
            try cursor.popOffset(4, .bigEndian)
        }
        guard numbers[1] > 0, numbers[3] > 0 else { return nil }
        let width = (numbers[0] + numbers[1] / 2) / numbers[1]
        let height = (numbers[2] + numbers[3] / 2) / numbers[3]
        return (min(width, sides.width), min(height, sides.height))
    }
}
