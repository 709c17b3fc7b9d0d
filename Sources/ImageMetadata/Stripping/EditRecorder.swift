/// Collects the pieces of a new file from its beginning to its end.
struct EditRecorder: Sendable {
    /// How many zeros one piece holds; longer stretches share the same array.
    private static let zeroRun = [UInt8](repeating: 0, count: 64 * 1024)

    private(set) var pieces: [EditList.Piece] = []

    /// Goes on with a stretch of the old file; joins it to the last one where they touch.
    ///
    /// - Parameter range: The stretch; may be empty.
    mutating func copy(_ range: Range<Int>) {
        if range.isEmpty { return }
        if case .copy(let last)? = pieces.last, last.upperBound == range.lowerBound {
            pieces[pieces.count - 1] = .copy(last.lowerBound..<range.upperBound)
        } else {
            pieces.append(.copy(range))
        }
    }

    /// Goes on with new bytes.
    ///
    /// - Parameter bytes: The bytes; may be none.
    mutating func insert(_ bytes: [UInt8]) {
        if !bytes.isEmpty { pieces.append(.insert(bytes)) }
    }

    /// Goes on with what is to stand for a stretch of the old file, which is copied where it is the same already.
    ///
    /// - Parameters:
    ///   - replacement: What is to stand there, of any length.
    ///   - range: The stretch.
    ///   - bytes: The old file.
    mutating func put(_ replacement: [UInt8], for range: Range<Int>, of bytes: Span<UInt8>) {
        if replacement.count == range.count, bytes.holds(replacement, at: range.lowerBound) {
            copy(range)
        } else {
            insert(replacement)
        }
    }

    /// Goes on with as many zeros as a stretch of the old file is long; the stretch itself where it is zeros already.
    ///
    /// - Parameters:
    ///   - range: The stretch.
    ///   - bytes: The old file.
    mutating func putZeros(for range: Range<Int>, of bytes: Span<UInt8>) {
        if bytes.isZero(range) { return copy(range) }
        var left = range.count
        while left > 0 {
            let count = min(left, Self.zeroRun.count)
            insert(count == Self.zeroRun.count ? Self.zeroRun : [UInt8](repeating: 0, count: count))
            left -= count
        }
    }

    /// Goes on with all pieces of another recorder.
    ///
    /// - Parameter other: The other one.
    mutating func append(_ other: EditRecorder) {
        for piece in other.pieces {
            switch piece {
            case .copy(let range): copy(range)
            case .insert(let bytes): insert(bytes)
            }
        }
    }

    /// The list of all pieces.
    ///
    /// - Parameter bytes: The old file.
    /// - Returns: The list.
    func list(for bytes: Span<UInt8>) -> EditList {
        EditList(pieces, originalByteCount: bytes.count)
    }
}
