/// Reads the first directory of a TIFF or BigTIFF (TIFF 6.0, section 2), which may stand anywhere in the file.
///
/// No pointer is followed but the first, so directories that loop are of no concern.
struct TIFFHeaderParser: HeaderParser {
    /// How many entries of the directory are looked at; the sides have nearly the lowest tags of all.
    static let entryLimit = 512

    private(set) var resumeOffset = 0
    private var order = ByteOrder.bigEndian
    private var isBig = false

    var knownHeader: ImageHeader? { nil }

    mutating func parse(_ window: FileWindow) throws(HeaderInterruption) -> ImageHeader {
        if resumeOffset == 0 { resumeOffset = try readDirectoryOffset(window) }
        var cursor = window.cursor(at: resumeOffset)
        let entryCount = isBig ? try cursor.popOffset(8, order) : try cursor.popUInt16(order)
        var body = cursor
        // One look beyond the window asks for all entries at once.
        _ = try body.pop(min(entryCount, Self.entryLimit) * (isBig ? 20 : 12))
        var values: [Int: Int] = [:]
        for _ in 0..<min(entryCount, Self.entryLimit) {
            if let (tag, value) = try popEntry(&cursor), values[tag] == nil { values[tag] = value }
        }
        guard let width = values[256], let height = values[257] else {
            throw .failed(.malformed(.directory, at: resumeOffset))
        }
        var header = ImageHeader(
            format: .tiff,
            stored: try PixelSides(width: width, height: height, at: resumeOffset),
            orientation: values[274].flatMap(ImageOrientation.init(rawValue:)) ?? .up,
            isAnimated: false
        )
        // What stands outside of the window is not fetched for the camera's sake.
        header.camera = ExifBlock(tiff: window).camera
        return header
    }

    private mutating func readDirectoryOffset(_ window: FileWindow) throws(HeaderInterruption) -> Int {
        var cursor = window.cursor(at: 0)
        order = try cursor.popUInt16(.bigEndian) == 0x4949 ? .littleEndian : .bigEndian
        isBig = try cursor.popUInt16(order) == 43
        if isBig, try cursor.popUInt16(order) != 8 { throw .failed(.malformed(.directory, at: 4)) }
        if isBig { try cursor.skip(2) }
        let offset = isBig ? try cursor.popOffset(8, order) : try cursor.popOffset(4, order)
        guard offset >= cursor.position else { throw .failed(.malformed(.directory, at: offset)) }
        return offset
    }

    /// One entry's tag and value, if that is a single number of 16, 32 or 64 bits that stands in the entry itself.
    private func popEntry(
        _ cursor: inout ByteCursor
    ) throws(HeaderInterruption) -> (
        tag: Int, value: Int
    )? {
        let tag = try cursor.popUInt16(order)
        let type = try cursor.popUInt16(order)
        let count = try cursor.popOffset(isBig ? 8 : 4, order)
        var field = cursor
        try cursor.skip(isBig ? 8 : 4)
        guard count == 1 else { return nil }
        switch type {
        case 3: return (tag, try field.popUInt16(order))
        case 4: return (tag, try field.popOffset(4, order))
        case 16 where isBig: return (tag, try field.popOffset(8, order))
        default: return nil
        }
    }
}
