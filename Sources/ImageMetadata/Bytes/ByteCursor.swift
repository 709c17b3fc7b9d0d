/// Reads a window forwards: each pop yields what was asked for, or throws and leaves the position as it was.
///
/// No pop indexes past what is at hand, and no offset computed from untrusted numbers can overflow: lengths are
/// compared with what is left of the file before they are added.
struct ByteCursor: Sendable {
    private let window: FileWindow
    /// Offset in the file of the next byte.
    private(set) var position: Int

    /// Places a cursor.
    ///
    /// - Parameters:
    ///   - window: What is at hand.
    ///   - position: The offset in the file to begin at.
    init(window: FileWindow, position: Int) {
        self.window = window
        self.position = position
    }

    /// How many bytes the file has from here on.
    var remainingByteCount: Int { position < 0 ? 0 : max(0, window.fileByteCount - position) }

    /// Takes the next bytes.
    ///
    /// - Parameter count: How many.
    /// - Returns: Exactly `count` bytes.
    /// - Throws: `failed(.truncated)` when the file is shorter, `needs(upTo:)` when only the window is.
    mutating func pop(_ count: Int) throws(HeaderInterruption) -> ArraySlice<UInt8> {
        guard count >= 0, count <= remainingByteCount else {
            throw .failed(.truncated(at: window.fileByteCount))
        }
        let end = position + count
        guard position >= window.range.lowerBound, end <= window.range.upperBound else { throw .needs(upTo: end) }
        let popped = window.bytes.dropFirst(position - window.range.lowerBound).prefix(count)
        position = end
        return popped
    }

    /// Moves forward without looking, out of the window if need be, but never past the end of the file.
    ///
    /// - Parameter count: How many bytes to leave out.
    /// - Throws: `failed(.truncated)` when the file is shorter.
    mutating func skip(_ count: Int) throws(HeaderInterruption) {
        guard count >= 0, count <= remainingByteCount else {
            throw .failed(.truncated(at: window.fileByteCount))
        }
        position += count
    }
}
