/// Time and chance as a client meets them; tests bring their own.
package struct Timing: Sendable {
    /// The time since some fixed instant; it never goes back.
    package let now: @Sendable () -> Duration
    /// Waits; throws when the task is cancelled.
    package let sleep: @Sendable (Duration) async throws -> Void
    /// A number from 0 up to 1.
    package let random: @Sendable () -> Double

    package init(
        now: @escaping @Sendable () -> Duration,
        sleep: @escaping @Sendable (Duration) async throws -> Void,
        random: @escaping @Sendable () -> Double
    ) {
        self.now = now
        self.sleep = sleep
        self.random = random
    }

    /// The machine's own monotonic clock and random source.
    package static var system: Timing {
        let clock = ContinuousClock()
        let start = clock.now
        return Timing(
            now: { start.duration(to: clock.now) },
            sleep: { try await clock.sleep(for: $0) },
            random: { Double.random(in: 0..<1) }
        )
    }
}
