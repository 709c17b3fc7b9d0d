/// How a large file is cut into parts: all of the same size, the last one shorter.
package struct PartPlan: Hashable, Sendable {
    /// The bytes of every part but the last.
    ///
    /// One size for all uploads, so that equal files have equal content digests.
    package static let partByteCount: Int64 = 8 << 20
    /// The most parts an upload may have (S3's limit).
    package static let maximumPartCount = 10_000
    /// The largest file that can be cut.
    package static let maximumByteCount = partByteCount * Int64(maximumPartCount)

    package let byteCount: Int64

    /// Plans a file of 1 byte or more.
    package init(byteCount: Int64) {
        self.byteCount = byteCount
    }

    /// How many parts there are.
    package var partCount: Int { Int((byteCount + Self.partByteCount - 1) / Self.partByteCount) }

    /// The bytes of one part; `nil` when there is no part of that number.
    package func byteCount(ofPart number: Int) -> Int64? {
        guard number >= 1, number <= partCount else { return nil }
        return min(Self.partByteCount, byteCount - Int64(number - 1) * Self.partByteCount)
    }

    /// The numbers of the parts that are not among these, or have another size there.
    package func missing(from stored: [ArrivedPart]) -> [Int] {
        let whole = Set(stored.filter { byteCount(ofPart: $0.number) == $0.byteCount }.map(\.number))
        return partCount < 1 ? [] : (1...partCount).filter { !whole.contains($0) }
    }
}
