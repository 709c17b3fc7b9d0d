/// The boxes in a stretch of ISO base media (ISO/IEC 14496-12, 4.2), one after the other.
///
/// Every box takes at least its header of eight bytes, so the walk ends whatever the lengths say: one that is too short
/// or too long ends it at once.
struct MediaBoxes: Sequence, IteratorProtocol {
    private var rest: ArraySlice<UInt8>

    /// Takes the inside of a box.
    ///
    /// - Parameter bytes: Boxes, and nothing before them.
    init(_ bytes: ArraySlice<UInt8>) {
        rest = bytes
    }

    /// The next box, without its header; `nil` when no whole box is left.
    mutating func next() -> (name: ChunkName, body: ArraySlice<UInt8>)? {
        var cursor = FileWindow(whole: rest).cursor(at: 0)
        guard let header = try? MediaBoxHeader(popping: &cursor),
            let body = try? cursor.pop(header.bodyByteCount ?? cursor.remainingByteCount)
        else {
            rest = []
            return nil
        }
        rest = rest.dropFirst(cursor.position)
        return (header.name, body)
    }
}

/// Name and length of a box.
struct MediaBoxHeader: Sendable {
    /// The box's type.
    let name: ChunkName
    /// Bytes after the header; `nil` when the box goes on to the end of what it stands in.
    let bodyByteCount: Int?

    /// Reads a header of 8 or 16 bytes.
    ///
    /// - Parameter cursor: At the box; then behind its header.
    /// - Throws: As `pop(_:)`, or the flaw of a length that does not cover the header itself.
    init(popping cursor: inout ByteCursor) throws(HeaderInterruption) {
        let start = cursor.position
        var byteCount = try cursor.popOffset(4, .bigEndian)
        name = ChunkName(code: try cursor.popUInt32(.bigEndian))
        if byteCount == 0 {
            bodyByteCount = nil
            return
        }
        if byteCount == 1 { byteCount = try cursor.popOffset(8, .bigEndian) }
        guard byteCount >= cursor.position - start else { throw .failed(.malformed(.primaryItem, at: start)) }
        bodyByteCount = byteCount - (cursor.position - start)
    }
}
