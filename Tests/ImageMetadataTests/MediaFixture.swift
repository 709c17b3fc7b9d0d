import GalleryTesting

/// Builds boxes of HEIF for tests; shares no code with the parser.
struct MediaFixture {
    var brands = ["avif", "mif1"]
    /// The primary item's properties in order, by number.
    var properties: [[UInt8]] = [Self.extents(70, 30)]
    var indices: [UInt8] = [1]
    var primaryID = 1
    /// How many other items have properties of their own before the primary one.
    var otherItemCount = 0
    /// How many bytes of pixels stand before the `meta` box.
    var leadingByteCount = 0
    /// An EXIF item, at the end of the file.
    var exif: [UInt8]?
    /// How many bytes stand between the `meta` box and the EXIF item.
    var trailingByteCount = 0

    static func number(_ value: Int, _ byteCount: Int) -> [UInt8] {
        (0..<byteCount).reversed().map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    }

    static func box(_ name: String, _ body: [UInt8]) -> [UInt8] {
        number(8 + body.count, 4) + Array(name.utf8) + body
    }

    static func extents(_ width: Int, _ height: Int) -> [UInt8] {
        box("ispe", [0, 0, 0, 0] + number(width, 4) + number(height, 4))
    }

    static func aperture(_ width: Int, _ height: Int) -> [UInt8] {
        box(
            "clap",
            [(width, 1), (height, 1), (0, 1), (0, 1)].flatMap { number($0.0, 4) + number($0.1, 4) }
        )
    }

    /// `iinf` and `iloc` of an EXIF item 77, behind another item.
    private static func exifItem(at offset: Int, _ byteCount: Int) -> [UInt8] {
        let picture = box("infe", [2, 0, 0, 0, 0, 1, 0, 0] + Array("av01\0".utf8))
        let entry = box("infe", [2, 0, 0, 0, 0, 77, 0, 0] + Array("Exif\0".utf8))
        let other: [UInt8] = [0, 1, 0, 0, 0, 1] + [UInt8](repeating: 0, count: 8)
        let place = [0, 77, 0, 0, 0, 1] + number(offset, 4) + number(byteCount, 4)
        return box("iinf", [0, 0, 0, 0, 0, 2] + picture + entry)
            + box("iloc", [0, 0, 0, 0, 0x44, 0, 0, 2] + other + place)
    }

    static func turned(_ quarters: UInt8) -> [UInt8] { box("irot", [quarters]) }

    var bytes: [UInt8] {
        let fileType = Self.box("ftyp", Array((brands.prefix(1) + ["\0\0\0\0"] + brands).joined().utf8))
        let pixels: [UInt8] =
            leadingByteCount > 0 ? Self.box("mdat", [UInt8](repeating: 7, count: leadingByteCount)) : []
        let others = (0..<otherItemCount).flatMap { (index: Int) -> [UInt8] in
            Self.number(primaryID + 1 + index, 2) + [1, 1]
        }
        let entries: [UInt8] = others + Self.number(primaryID, 2) + [UInt8(indices.count)] + indices
        let associations = Self.box(
            "ipma",
            [0, 0, 0, 0] + Self.number(otherItemCount + 1, 4) + entries
        )
        let container = Self.box("ipco", properties.flatMap(\.self))
        let primary = Self.box("pitm", [0, 0, 0, 0] + Self.number(primaryID, 2))
        let plain: [UInt8] = [0, 0, 0, 0] + primary + Self.box("iprp", container + associations)
        guard let exif else { return fileType + pixels + Self.box("meta", plain) }
        let start =
            fileType.count + pixels.count + 8 + plain.count + Self.exifItem(at: 0, exif.count).count + 8
        let meta = plain + Self.exifItem(at: start + trailingByteCount, exif.count)
        let filler = [UInt8](repeating: 7, count: trailingByteCount)
        return fileType + pixels + Self.box("meta", meta) + Self.box("mdat", filler + exif)
    }
}
