/// The part of a file that is at hand.
struct FileWindow: Sendable {
    /// The bytes at hand.
    let bytes: ArraySlice<UInt8>
    /// Where they stand in the file; as long as `bytes`.
    let range: Range<Int>
    /// Length of the whole file.
    let fileByteCount: Int

    /// Takes what a caller brought, cut to the range it was asked for.
    ///
    /// A caller that brings fewer bytes than asked says that the file ends there. Fails when the bytes do not begin the
    /// range.
    ///
    /// - Parameters:
    ///   - bytes: What was brought.
    ///   - offset: Where it stands in the file.
    ///   - asked: The range that was asked for, not past the end of the file.
    ///   - fileByteCount: The length of the file as far as known.
    init?(_ bytes: ArraySlice<UInt8>, at offset: Int, asked: Range<Int>, fileByteCount: Int) {
        guard offset >= 0, offset <= asked.lowerBound, bytes.count >= asked.lowerBound - offset else { return nil }
        self.bytes = bytes.dropFirst(asked.lowerBound - offset).prefix(asked.count)
        self.range = asked.lowerBound..<asked.lowerBound + self.bytes.count
        self.fileByteCount = self.bytes.count < asked.count ? self.range.upperBound : fileByteCount
    }

    /// Takes bytes that are a file of their own, such as an EXIF block.
    ///
    /// - Parameter bytes: The whole of it.
    init(whole bytes: ArraySlice<UInt8>) {
        self.bytes = bytes
        self.range = 0..<bytes.count
        self.fileByteCount = bytes.count
    }

    /// A cursor that reads from an offset of the file on.
    ///
    /// - Parameter offset: Where to begin; may lie outside of the window, and then the first pop says so.
    /// - Returns: The cursor.
    func cursor(at offset: Int) -> ByteCursor {
        ByteCursor(window: self, position: offset)
    }
}
