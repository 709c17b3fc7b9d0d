import Synchronization

/// Ends an exchange whose other side takes too long.
///
/// Mutable state: what one exchange awaits, behind a lock held for an assignment.
final class LineWatch: Sendable {
    private let timeouts: AWSTimeouts
    private let waits = Mutex(LineWaits())

    /// Watches one exchange.
    init(_ timeouts: AWSTimeouts) {
        self.timeouts = timeouts
    }

    /// Awaits an event on the way out.
    func beginSending(_ event: LineWaits.Event) {
        let wait = wait(for: event)
        waits.withLock { $0.sending = wait }
    }

    /// The request moved on, or does not matter any more.
    func endSending() {
        waits.withLock { $0.sending = nil }
    }

    /// Awaits an event on the way in.
    func beginReceiving(_ event: LineWaits.Event, extra: Duration = .zero) {
        let wait = wait(for: event, extra: extra)
        waits.withLock { $0.receiving = wait }
    }

    /// The answer moved on.
    func endReceiving() {
        waits.withLock { $0.receiving = nil }
    }

    /// Runs beside the exchange until it is cancelled, or until something is late.
    ///
    /// - Throws: ``AWSError`` of kind `timeout`; `CancellationError`.
    func run() async throws {
        let shortest = min(timeouts.connect, timeouts.head, timeouts.idle)
        while true {
            let now = ContinuousClock.now
            let (late, next) = waits.withLock { ($0.late(at: now), $0.nextDeadline) }
            if let late { throw AWSError(.timeout, "After \(late.limit) \(late.event.rawValue).") }
            // Whatever begins to be awaited from now on is not late before the shortest limit has passed.
            try await Task.sleep(until: min(next ?? now + shortest, now + shortest), clock: .continuous)
        }
    }

    private func wait(for event: LineWaits.Event, extra: Duration = .zero) -> LineWaits.Wait {
        let limit =
            switch event {
            case .connect: timeouts.connect
            case .head: timeouts.head + extra
            case .send, .receive: timeouts.idle
            }
        return LineWaits.Wait(event: event, deadline: .now + limit, limit: limit)
    }
}
