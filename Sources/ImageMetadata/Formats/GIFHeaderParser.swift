/// Reads the logical screen descriptor of a GIF (GIF89a specification, 18) and looks for a second frame at hand.
struct GIFHeaderParser: HeaderParser {
    let resumeOffset = 6

    var knownHeader: ImageHeader? { nil }

    mutating func parse(_ window: FileWindow) throws(HeaderInterruption) -> ImageHeader {
        var cursor = window.cursor(at: resumeOffset)
        let width = try cursor.popUInt16(.littleEndian)
        let height = try cursor.popUInt16(.littleEndian)
        let flags = try cursor.popByte()
        try cursor.skip(2)
        let sides = try PixelSides(width: width, height: height, at: resumeOffset)
        // Frames are wherever the pixels end: what the window does not show is left open, not fetched.
        let isAnimated = try? hasSecondFrame(&cursor, flags: flags)
        return ImageHeader(format: .gif, stored: sides, orientation: .up, isAnimated: isAnimated)
    }

    /// Walks blocks; each turn takes at least a byte of the window.
    private func hasSecondFrame(_ cursor: inout ByteCursor, flags: UInt8) throws(HeaderInterruption) -> Bool {
        try skipColorTable(&cursor, flags: flags)
        var frameCount = 0
        while true {
            switch try cursor.popByte() {
            case 0x21:
                _ = try cursor.popByte()
            case 0x2C:
                frameCount += 1
                if frameCount > 1 { return true }
                try cursor.skip(8)
                try skipColorTable(&cursor, flags: try cursor.popByte())
                _ = try cursor.popByte()
            case 0x3B:
                return false
            default:
                throw .failed(.truncated(at: cursor.position))
            }
            try skipSubBlocks(&cursor)
        }
    }

    private func skipColorTable(_ cursor: inout ByteCursor, flags: UInt8) throws(HeaderInterruption) {
        guard flags & 0x80 != 0 else { return }
        try cursor.skip(3 << (Int(flags & 0x07) + 1))
    }

    private func skipSubBlocks(_ cursor: inout ByteCursor) throws(HeaderInterruption) {
        while true {
            let byteCount = Int(try cursor.popByte())
            if byteCount == 0 { return }
            try cursor.skip(byteCount)
        }
    }
}
