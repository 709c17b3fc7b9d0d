import Synchronization

/// A clock that shows 1000 ms at first and one second more each time it is looked at.
final class SteppingClock: Sendable {
    private let milliseconds = Mutex<Int64>(0)

    /// Looks at the clock.
    func next() -> Int64 {
        milliseconds.withLock { milliseconds in
            milliseconds += 1000
            return milliseconds
        }
    }
}
