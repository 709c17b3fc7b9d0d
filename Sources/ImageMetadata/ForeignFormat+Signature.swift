extension ForeignFormat {
    /// How much of a file is searched for words; binary signatures take far less.
    static let searchedByteCount = 4 * 1024

    /// Tells what a file is that is none of ours, by its first bytes; `nil` when it is nothing known.
    ///
    /// - Parameter prefix: The first bytes of the file, some kilobytes of them if there are as many.
    public init?(signatureOf prefix: ArraySlice<UInt8>) {
        let head = prefix.prefix(Self.searchedByteCount)
        guard let found = Self.container(head) ?? Self.binary(head) ?? Self.markup(head) ?? Self.plainText(head) else {
            return nil
        }
        self = found
    }

    /// Formats told by fixed bytes at offset 0.
    private static func binary(_ head: ArraySlice<UInt8>) -> ForeignFormat? {
        let signatures: [(format: ForeignFormat, bytes: [UInt8])] = [
            (.pdf, Array("%PDF-".utf8)),
            (.tiff, [0x49, 0x49, 0x2A, 0x00]),
            (.tiff, [0x4D, 0x4D, 0x00, 0x2A]),
            (.tiff, [0x49, 0x49, 0x2B, 0x00]),
            (.tiff, [0x4D, 0x4D, 0x00, 0x2B]),
            (.ico, [0x00, 0x00, 0x01, 0x00]),
            (.ico, [0x00, 0x00, 0x02, 0x00]),
            (.jxl, [0xFF, 0x0A]),
            (.jxl, [0x00, 0x00, 0x00, 0x0C, 0x4A, 0x58, 0x4C, 0x20, 0x0D, 0x0A, 0x87, 0x0A]),
            (.jp2, [0x00, 0x00, 0x00, 0x0C, 0x6A, 0x50, 0x20, 0x20, 0x0D, 0x0A, 0x87, 0x0A]),
            (.jp2, [0xFF, 0x4F, 0xFF, 0x51]),
            (.psd, Array("8BPS".utf8)),
            (.film, [0x1A, 0x45, 0xDF, 0xA3]),
            (.archive, [0x50, 0x4B, 0x03, 0x04]),
            (.archive, [0x1F, 0x8B]),
        ]
        if let found = signatures.first(where: { head.starts(with: $0.bytes) }) { return found.format }
        // "BM" begins many a text, so the length of the header after it must be one that exists.
        let hasBitmapHeader = head.dropFirst(15).starts(with: [0, 0, 0])
        return head.starts(with: "BM".utf8) && hasBitmapHeader ? .bmp : nil
    }

    /// Formats in the boxes of ISO base media, and RIFF.
    private static func container(_ head: ArraySlice<UInt8>) -> ForeignFormat? {
        if head.starts(with: "RIFF".utf8), head.dropFirst(8).starts(with: "AVI ".utf8) { return .film }
        guard head.dropFirst(4).starts(with: "ftyp".utf8) else { return nil }
        let boxByteCount = head.prefix(4).reduce(0) { $0 << 8 | Int($1) }
        let brands = head.prefix(min(boxByteCount, 256)).dropFirst(8)
        let hasBrand = { (names: [String]) in names.contains { brands.firstOffset(of: Array($0.utf8)) != nil } }
        if hasBrand(["avif", "avis"]) { return .avif }
        if hasBrand(["heic", "heix", "heim", "heis", "hevc", "hevx", "mif1", "msf1"]) { return .heic }
        return .film
    }

    /// Markup, told by its tags: whatever begins with `<` and is no drawing and no page is XML or plain text.
    private static func markup(_ head: ArraySlice<UInt8>) -> ForeignFormat? {
        let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]
        let text = head.starts(with: byteOrderMark) ? head.dropFirst(3) : head
        let words = text.drop { $0 <= 0x20 }.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }[...]
        guard words.first == UInt8(ascii: "<") else { return nil }
        let pageStarts = ["<!doctype html", "<html", "<head", "<body", "<script"]
        if pageStarts.contains(where: { words.starts(with: $0.utf8) }) { return .html }
        if words.firstOffset(of: Array("<svg".utf8)) != nil { return .svg }
        if pageStarts.contains(where: { words.firstOffset(of: Array($0.utf8)) != nil }) { return .html }
        return words.starts(with: "<?xml".utf8) ? .xml : nil
    }

    /// UTF-8 without control bytes but those of layout; the search may have cut its last character in pieces.
    private static func plainText(_ head: ArraySlice<UInt8>) -> ForeignFormat? {
        let layout: ClosedRange<UInt8> = 0x09...0x0D
        let isPrintable = head.allSatisfy { ($0 >= 0x20 && $0 != 0x7F) || layout.contains($0) }
        let cutByteCount = head.count == searchedByteCount ? 3 : 0
        let isText = (0...cutByteCount).contains { String(validating: head.dropLast($0), as: UTF8.self) != nil }
        return isPrintable && isText ? .text : nil
    }
}

extension ArraySlice<UInt8> {
    /// Where some bytes first occur, counted from the start of the slice; `nil` when they do not.
    ///
    /// - Parameter needle: The bytes to look for.
    /// - Returns: An offset from 0.
    func firstOffset(of needle: [UInt8]) -> Int? {
        guard needle.count <= count else { return nil }
        return (0...count - needle.count).first { dropFirst($0).starts(with: needle) }
    }
}
