/// Collects what is to be overwritten in a file that keeps its length.
struct BlankingPlan: Sendable {
    private struct Patch: Sendable {
        let range: Range<Int>
        /// What to write there; `nil` for zeros.
        let bytes: [UInt8]?
    }

    private let protected: ByteRanges
    private var patches: [Patch] = []

    /// Starts with nothing to overwrite.
    ///
    /// - Parameter ranges: What only ``write(_:over:)`` may touch.
    init(protecting ranges: [Range<Int>]) {
        protected = ByteRanges(ranges)
    }

    /// Behind the last protected byte.
    var protectedEnd: Int { protected.ranges.last?.upperBound ?? 0 }

    /// Blanks a stretch, but for what is protected.
    ///
    /// - Parameter range: The stretch.
    mutating func blankUnprotected(_ range: Range<Int>) {
        for gap in protected.gaps(in: range) { patches.append(Patch(range: gap, bytes: nil)) }
    }

    /// Makes a box one that is to be passed over, and blanks what it holds.
    ///
    /// - Parameter box: The box.
    mutating func free(_ box: MediaBoxPlace) {
        patches.append(Patch(range: box.nameRange, bytes: Array("free".utf8)))
        blankUnprotected(box.body)
    }

    /// Makes what cannot be read as boxes one box that is to be passed over, or zeros where it is too short for that.
    ///
    /// - Parameter range: The stretch, to the end of what it stands in.
    mutating func freeRest(_ range: Range<Int>) {
        let header = [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: range.count >> $0) } + Array("free".utf8)
        write(range.count < header.count ? [] : header, over: [range])
    }

    /// Renames something whose name has four characters.
    ///
    /// - Parameters:
    ///   - offset: Where the name stands.
    ///   - name: The new one.
    mutating func rename(at offset: Int, to name: String) {
        patches.append(Patch(range: offset..<offset + 4, bytes: Array(name.utf8)))
    }

    /// Writes bytes over stretches, as far as they go, and zeros over what is left.
    ///
    /// - Parameters:
    ///   - bytes: The bytes.
    ///   - ranges: The stretches, in the order to fill them.
    mutating func write(_ bytes: [UInt8], over ranges: [Range<Int>]) {
        var rest = bytes[...]
        for range in ranges {
            let part = Array(rest.prefix(range.count))
            rest = rest.dropFirst(part.count)
            let middle = range.lowerBound + part.count
            if !part.isEmpty { patches.append(Patch(range: range.lowerBound..<middle, bytes: part)) }
            if middle < range.upperBound { patches.append(Patch(range: middle..<range.upperBound, bytes: nil)) }
        }
    }

    /// The file with all that overwritten; where two patches overlap, the one that begins first counts.
    ///
    /// - Parameters:
    ///   - bytes: The file.
    ///   - end: Where it is cut off.
    /// - Returns: The pieces.
    func edits(of bytes: Span<UInt8>, upTo end: Int) -> EditList {
        var edits = EditRecorder()
        var offset = 0
        for patch in patches.sorted(by: { $0.range.lowerBound < $1.range.lowerBound }) {
            let start = max(patch.range.lowerBound, offset)
            let range = start..<max(start, min(patch.range.upperBound, end))
            if range.isEmpty { continue }
            edits.copy(offset..<range.lowerBound)
            if let replacement = patch.bytes {
                let part = replacement.dropFirst(start - patch.range.lowerBound).prefix(range.count)
                edits.put(Array(part), for: range, of: bytes)
            } else {
                edits.putZeros(for: range, of: bytes)
            }
            offset = range.upperBound
        }
        edits.copy(offset..<max(offset, min(end, bytes.count)))
        return edits.list(for: bytes)
    }
}
