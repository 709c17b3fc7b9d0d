/// What a `meta` box says about the items of a file: kinds, places, and how they refer to each other.
///
/// Every table ends with the bytes it stands in, whatever counts it declares.
struct HEIFItemTable {
    /// What an item is.
    enum Kind {
        /// A picture, coded or derived from others.
        case picture
        /// An EXIF block.
        case exif
        /// Anything else, or of several kinds at once.
        case other
    }

    /// A stretch of the file that belongs to an item, or a stretch that cannot be found here.
    struct Extent {
        let itemID: Int
        /// `nil` when it is a part of another item, or in another file.
        let range: Range<Int>?
    }

    /// The types of pictures: coded, and derived.
    private static let pictureTypes: Set<UInt32> = Set(
        ([
            "hvc1", "hev1", "lhv1", "av01", "avc1", "vvc1", "evc1", "jpeg", "j2k1", "unci",
            "grid", "iden", "iovl", "tmap",
        ] as [ChunkName]).map(\.code)
    )

    private(set) var primaryID: Int?
    private(set) var kinds: [Int: Kind] = [:]
    private(set) var gridIDs: Set<Int> = []
    private(set) var extents: [Extent] = []
    /// Pictures that are thumbnails of others.
    private(set) var thumbnailIDs: Set<Int> = []
    /// Pairs of a derived picture and one that it is made of.
    private(set) var derivations: [(derived: Int, source: Int)] = []
    /// The inside of `idat`.
    private(set) var inlineData: Range<Int>?

    /// Reads the tables.
    ///
    /// - Parameters:
    ///   - bytes: The file.
    ///   - meta: The box.
    /// - Throws: When the table of places cannot be read.
    init(_ bytes: Span<UInt8>, meta: MediaBoxPlace) throws(ImageMetadataError) {
        var locations: [Range<Int>] = []
        var offset = meta.body(after: 4).lowerBound
        while let box = MediaBoxPlace(in: bytes, at: offset, limit: meta.body.upperBound) {
            offset = box.range.upperBound
            switch box.name {
            case "pitm": primaryID = bytes.number(at: box.body.lowerBound + 4, box.isLong(bytes) ? 4 : 2)
            case "iinf": readKinds(box, bytes)
            case "iref": readReferences(box, bytes)
            case "idat" where inlineData == nil: inlineData = box.body
            case "iloc": locations.append(box.body)
            default: break
            }
        }
        for location in locations {
            do throws(HeaderInterruption) {
                try readPlaces(location, bytes)
            } catch {
                throw .malformed(.itemLocation, at: location.lowerBound)
            }
        }
    }

    private mutating func readKinds(_ box: MediaBoxPlace, _ bytes: Span<UInt8>) {
        for entry in HEIFItemEntry.all(in: box, of: bytes) {
            let kind: Kind =
                switch entry.type {
                case "Exif"?: .exif
                case let type? where Self.pictureTypes.contains(type.code): .picture
                default: .other
                }
            if entry.type == "grid" { gridIDs.insert(entry.itemID) }
            kinds[entry.itemID] = kinds[entry.itemID, default: kind] == kind ? kind : .other
        }
    }

    private mutating func readReferences(_ box: MediaBoxPlace, _ bytes: Span<UInt8>) {
        let idByteCount = box.isLong(bytes) ? 4 : 2
        var offset = box.body(after: 4).lowerBound
        while let reference = MediaBoxPlace(in: bytes, at: offset, limit: box.body.upperBound) {
            offset = reference.range.upperBound
            guard let from = bytes.number(at: reference.body.lowerBound, idByteCount) else { return }
            if reference.name == "thmb" { thumbnailIDs.insert(from) }
            guard reference.name == "dimg" else { continue }
            let targets = reference.body(after: idByteCount + 2)
            for start in stride(from: targets.lowerBound, to: targets.upperBound - idByteCount + 1, by: idByteCount) {
                guard let source = bytes.number(at: start, idByteCount) else { return }
                derivations.append((from, source))
            }
        }
    }

    /// Walks an `iloc` box: each item takes at least six bytes of it, and each extent at least one or is the only one.
    private mutating func readPlaces(_ body: Range<Int>, _ bytes: Span<UInt8>) throws(HeaderInterruption) {
        let copied = bytes.copy(body)
        var cursor = FileWindow(whole: copied[...]).cursor(at: 0)
        let version = try cursor.popByte()
        try cursor.skip(3)
        let sizes = try cursor.popUInt16(.bigEndian)
        let widths = Widths(
            offset: sizes >> 12,
            length: sizes >> 8 & 0xF,
            base: sizes >> 4 & 0xF,
            index: version == 0 ? 0 : sizes & 0xF
        )
        guard version <= 2, max(widths.offset, widths.length, widths.base, widths.index) <= 8 else {
            throw .failed(.malformed(.itemLocation, at: body.lowerBound))
        }
        let idByteCount = version < 2 ? 2 : 4
        for _ in 0..<(try cursor.popOffset(idByteCount, .bigEndian)) {
            let itemID = try cursor.popOffset(idByteCount, .bigEndian)
            let method = version == 0 ? 0 : try cursor.popUInt16(.bigEndian) & 0xF
            let isElsewhere = try cursor.popUInt16(.bigEndian) != 0
            let base = try cursor.popOffset(widths.base, .bigEndian)
            var extentCount = try cursor.popUInt16(.bigEndian)
            if widths.extent == 0 { extentCount = min(extentCount, 1) }
            for _ in 0..<extentCount {
                try cursor.skip(widths.index)
                let start = try cursor.popOffset(widths.offset, .bigEndian)
                let length = try cursor.popOffset(widths.length, .bigEndian)
                let whole: Range<Int>? =
                    switch method {
                    case 0 where !isElsewhere: 0..<bytes.count
                    case 1: inlineData ?? 0..<0
                    default: nil
                    }
                let range = whole.map { Self.part(of: $0, from: base, plus: start, length) }
                extents.append(Extent(itemID: itemID, range: range))
            }
        }
    }

    private struct Widths {
        let offset: Int
        let length: Int
        let base: Int
        let index: Int
        var extent: Int { offset + length + index }
    }

    /// A part of a stretch, cut to it; a length of 0 means the rest.
    private static func part(of whole: Range<Int>, from base: Int, plus start: Int, _ length: Int) -> Range<Int> {
        let lower = whole.lowerBound + min(base, whole.count)
        let first = lower + min(start, whole.upperBound - lower)
        let left = whole.upperBound - first
        return first..<first + (length == 0 ? left : min(length, left))
    }
}

extension MediaBoxPlace {
    /// Whether numbers in the box have 32 bits: its version is not 0.
    ///
    /// - Parameter bytes: The file.
    /// - Returns: Whether they have.
    func isLong(_ bytes: Span<UInt8>) -> Bool {
        body.isEmpty ? false : bytes[body.lowerBound] > 0
    }
}
