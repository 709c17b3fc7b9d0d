/// Copies the frames of a GIF, what controls them, and the loop count, up to the trailer (GIF89a specification).
///
/// Texts to be drawn over the picture go too: no browser draws them. A byte that begins no block ends the picture, as
/// in browsers.
struct GIFStripper {
    private var edits = EditRecorder()
    private var hasFrame = false

    /// Cleans a file.
    ///
    /// - Parameter bytes: The file.
    /// - Returns: What the clean file is made of.
    /// - Throws: As ``MetadataStripper/edits(of:)``.
    mutating func strip(_ bytes: Span<UInt8>) throws(ImageMetadataError) -> EditList {
        guard bytes.holds(Array("GIF8".utf8), at: 0) else { throw .unknownFormat(nil) }
        guard bytes.count >= 13 else { throw .truncated(at: bytes.count) }
        let start = 13 + Self.colorTableByteCount(bytes[10])
        guard start <= bytes.count else { throw .truncated(at: bytes.count) }
        edits.copy(0..<start)
        var position: Int? = start
        while let offset = position, offset < bytes.count {
            position = try takeBlock(at: offset, of: bytes)
        }
        return edits.list(for: bytes)
    }

    /// Takes or leaves a block; tells where to go on, or `nil` at the end.
    private mutating func takeBlock(at offset: Int, of bytes: Span<UInt8>) throws(ImageMetadataError) -> Int? {
        switch bytes[offset] {
        case 0x2C:
            let end = endOfFrame(at: offset, of: bytes)
            hasFrame = true
            edits.copy(offset..<end)
            return end
        case 0x21:
            return takeExtension(at: offset, of: bytes)
        case 0x3B:
            edits.copy(offset..<offset + 1)
            return nil
        default:
            if hasFrame { return nil }
            throw .malformed(.blockKind, at: offset)
        }
    }

    /// Behind the last sub-block of a frame, or the end of the file.
    private func endOfFrame(at offset: Int, of bytes: Span<UInt8>) -> Int {
        guard let flags = bytes.number(at: offset + 9, 1) else { return bytes.count }
        // Descriptor, colour table, one byte for the code length.
        let data = offset + 10 + Self.colorTableByteCount(UInt8(flags)) + 1
        return data < bytes.count ? endOfSubBlocks(at: data, of: bytes) : bytes.count
    }

    private func endOfSubBlocks(at start: Int, of bytes: Span<UInt8>) -> Int {
        var offset = start
        while offset < bytes.count {
            let byteCount = Int(bytes[offset])
            offset += 1 + byteCount
            if byteCount == 0 { return offset }
        }
        return bytes.count
    }

    private mutating func takeExtension(at offset: Int, of bytes: Span<UInt8>) -> Int {
        guard offset + 2 < bytes.count else { return bytes.count }
        let data = offset + 2
        let end = endOfSubBlocks(at: data, of: bytes)
        switch bytes[offset + 1] {
        case 0xF9:
            // Four bytes, and no second sub-block.
            if bytes[data] == 4, end == data + 6 { edits.copy(offset..<end) }
        case 0xFF where bytes.holds(Self.colorProfile, at: data):
            edits.copy(offset..<end)
        case 0xFF where Self.looping.contains { bytes.holds($0, at: data) }:
            takeLooping(offset..<data + 12, of: bytes, upTo: end)
        default:
            break
        }
        return end
    }

    /// Copies the sub-blocks of a looping extension that say how often (1) and how much to buffer (2).
    private mutating func takeLooping(_ head: Range<Int>, of bytes: Span<UInt8>, upTo end: Int) {
        edits.copy(head)
        var offset = head.upperBound
        while offset < end {
            let block = offset..<min(offset + 1 + Int(bytes[offset]), end)
            let isKnown = block.count == 1 || bytes.holds([3, 1], at: offset) || bytes.holds([5, 2], at: offset)
            if isKnown { edits.copy(block) }
            offset = block.upperBound
        }
    }

    private static func colorTableByteCount(_ flags: UInt8) -> Int {
        flags & 0x80 == 0 ? 0 : 3 << (Int(flags & 0x07) + 1)
    }

    private static let looping: [[UInt8]] = ["NETSCAPE2.0", "ANIMEXTS1.0"].map { [11] + Array($0.utf8) }
    private static let colorProfile: [UInt8] = [11] + Array("ICCRGBG1012".utf8)
}
