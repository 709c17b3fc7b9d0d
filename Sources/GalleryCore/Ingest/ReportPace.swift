import Synchronization

/// Lets one report through in so many seconds; a class, for all copies of a worker share it.
final class ReportPace: Sendable {
    private let pause: Duration
    private let last = Mutex<ContinuousClock.Instant?>(nil)

    init(seconds: Int) {
        pause = .seconds(seconds)
    }

    /// Whether it is time for a report; then the next one is so many seconds away.
    func isTime(_ now: ContinuousClock.Instant = .now) -> Bool {
        last.withLock { last in
            if let last, now - last < pause { return false }
            last = now
            return true
        }
    }
}
