import Synchronization

/// Gives out places in the gallery: milliseconds since 1970, and 20 bits of chance behind them.
///
/// Chance keeps processes apart that publish in the same millisecond, and spreads pictures over the partitions. Places
/// that one process gives out always grow, also when its clock is set back. A class, for all copies of a catalog share
/// it.
final class FeedPositions: Sendable {
    private let last = Mutex<Int64>(0)

    /// The next place.
    func next(atMilliseconds milliseconds: Int64) -> Int64 {
        // 2^43 milliseconds are the year 2248; with the bits of chance it all fits 63.
        let time = min(max(milliseconds, 0), 1 << 43 - 1)
        let candidate = time << 20 | Int64.random(in: 0..<1 << 20)
        return last.withLock { last in
            last = max(candidate, last + 1)
            return last
        }
    }
}
