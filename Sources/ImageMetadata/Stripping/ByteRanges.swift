/// Stretches of a file, sorted and without overlap.
struct ByteRanges: Sendable {
    /// The stretches; none is empty, and no two touch.
    let ranges: [Range<Int>]

    /// Sorts and joins.
    ///
    /// - Parameter unsorted: Any stretches.
    init(_ unsorted: [Range<Int>]) {
        var joined: [Range<Int>] = []
        for range in unsorted.sorted(by: { $0.lowerBound < $1.lowerBound }) where !range.isEmpty {
            if let last = joined.last, range.lowerBound <= last.upperBound {
                joined[joined.count - 1] = last.lowerBound..<max(last.upperBound, range.upperBound)
            } else {
                joined.append(range)
            }
        }
        ranges = joined
    }

    /// Whether a stretch shares a byte with any of these.
    ///
    /// - Parameter range: The stretch.
    /// - Returns: Whether it does.
    func overlap(_ range: Range<Int>) -> Bool {
        let index = firstIndex(endingBehind: range.lowerBound)
        return !range.isEmpty && index < ranges.count && ranges[index].lowerBound < range.upperBound
    }

    /// What of a stretch is in none of these.
    ///
    /// - Parameter range: The stretch.
    /// - Returns: The parts in order.
    func gaps(in range: Range<Int>) -> [Range<Int>] {
        var gaps: [Range<Int>] = []
        var start = range.lowerBound
        for kept in ranges[firstIndex(endingBehind: range.lowerBound)...] {
            if kept.lowerBound >= range.upperBound { break }
            if kept.lowerBound > start { gaps.append(start..<kept.lowerBound) }
            start = kept.upperBound
        }
        if start < range.upperBound { gaps.append(start..<range.upperBound) }
        return gaps
    }

    private func firstIndex(endingBehind offset: Int) -> Int {
        var (low, high) = (0, ranges.count)
        while low < high {
            let middle = (low + high) / 2
            if ranges[middle].upperBound <= offset { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
