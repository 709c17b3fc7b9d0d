import Synchronization

/// Shares the memory for arriving bodies among all connections, so that many uploads need little more than a few.
///
/// A connection holds up to `heldReads` unread reads (NIO's high watermark, and one more); the more bodies arrive, the
/// smaller each read is.
package final class ReceiveBudget: Sendable {
    private static let heldReads = 12
    private static let readByteCounts = 8 << 10...512 << 10

    private let totalByteCount: Int
    private let arriving = Atomic<Int>(0)

    /// - Parameter totalByteCount: The most bytes that reads of all bodies together may hold.
    package init(totalByteCount: Int = 8 << 20) {
        self.totalByteCount = totalByteCount
    }

    /// How large a read may be now, a power of two in bytes.
    var readByteCount: Int {
        let share = totalByteCount / (Self.heldReads * max(1, arriving.load(ordering: .relaxed)))
        let bounded = min(max(share, Self.readByteCounts.lowerBound), Self.readByteCounts.upperBound)
        return 1 << (Int.bitWidth - 1 - bounded.leadingZeroBitCount)
    }

    /// A body begins to arrive.
    func begin() {
        arriving.add(1, ordering: .relaxed)
    }

    /// A body is there whole, or its connection has ended.
    func end() {
        arriving.subtract(1, ordering: .relaxed)
    }
}
