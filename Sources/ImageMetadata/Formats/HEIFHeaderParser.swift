/// Finds the `meta` box of an AVIF or HEIC and the displayed size of the primary item in it (ISO/IEC 23008-12).
///
/// Boxes before it are passed over by their length, so that one behind the pixels costs a range of its own. Orientation
/// is a matter of the item's properties here, and EXIF's is to be ignored (ISO/IEC 23000-22); the sides come as
/// displayed, and the orientation is always ``ImageOrientation/up``.
struct HEIFHeaderParser: HeaderParser {
    /// How many boxes at the top of a file are passed over.
    static let boxLimit = 64

    /// AVIF or HEIC, as its brands say.
    let format: ImageFormat
    private(set) var resumeOffset = 0
    private var boxCount = 0
    private var isSequence: Bool?

    /// Starts at the first byte of a file.
    ///
    /// - Parameter format: AVIF or HEIC.
    init(format: ImageFormat) {
        self.format = format
    }

    private(set) var knownHeader: ImageHeader?
    private var exifRange: Range<Int>?

    mutating func parse(_ window: FileWindow) throws(HeaderInterruption) -> ImageHeader {
        if let known = knownHeader { return try addCamera(to: known, window) }
        while boxCount < Self.boxLimit {
            var cursor = window.cursor(at: resumeOffset)
            let box = try MediaBoxHeader(popping: &cursor)
            let byteCount = box.bodyByteCount ?? cursor.remainingByteCount
            switch box.name {
            case "meta":
                let items = HEIFItems(try cursor.pop(byteCount))
                let header = try header(of: items)
                knownHeader = header
                exifRange = items.exifRange
                return try addCamera(to: header, window)
            case "ftyp":
                isSequence = Self.isSequence(try cursor.pop(min(byteCount, 256)))
                try cursor.skip(max(0, byteCount - 256))
            default:
                try cursor.skip(byteCount)
            }
            resumeOffset = cursor.position
            boxCount += 1
        }
        throw .failed(.malformed(.primaryItem, at: resumeOffset))
    }

    /// Reads the EXIF item, which may stand anywhere; its first four bytes say how far behind them the block begins.
    private mutating func addCamera(
        to header: ImageHeader,
        _ window: FileWindow
    ) throws(HeaderInterruption) -> ImageHeader {
        guard let exifRange else { return header }
        resumeOffset = exifRange.lowerBound
        var cursor = window.cursor(at: exifRange.lowerBound)
        let item = try cursor.pop(exifRange.count)
        var start = FileWindow(whole: item).cursor(at: 0)
        let skipped = try start.popOffset(4, .bigEndian)
        // Some writers leave the four bytes out.
        let isBare = item.starts(with: Array("II".utf8)) || item.starts(with: Array("MM".utf8))
        var header = header
        header.camera =
            ExifBlock(isBare || skipped > item.count ? item : item.dropFirst(4 + skipped)).camera
        return header
    }

    private func header(of items: HEIFItems) throws(HeaderInterruption) -> ImageHeader {
        guard let (width, height) = items.displayedSides else {
            throw .failed(.malformed(.primaryItem, at: resumeOffset))
        }
        let sides = try PixelSides(width: width, height: height, at: resumeOffset)
        return ImageHeader(format: format, stored: sides, orientation: .up, isAnimated: isSequence)
    }

    /// Whether the brands promise a sequence; `nil` when they allow one beside the still picture.
    private static func isSequence(_ brands: ArraySlice<UInt8>) -> Bool? {
        let sequences = ["avis", "msf1", "hevc"].map { Array($0.utf8) }
        if sequences.contains(where: { brands.starts(with: $0) }) { return true }
        return sequences.contains { brands.dropFirst(8).firstOffset(of: $0) != nil } ? nil : false
    }
}
