/// How often and for how long something is tried again.
///
/// Waits have full jitter: anything from nothing to the ceiling, which doubles with each fault. So a thousand clients
/// of a server that came back do not knock at once.
package struct RetryPolicy: Sendable, Equatable {
    /// The ceiling of the first wait.
    package var firstCeiling: Duration
    /// The highest ceiling; `Retry-After` is honoured up to four times this.
    package var highestCeiling: Duration
    /// How long nothing may go well before one gives up.
    package var patience: Duration

    /// - Parameters:
    ///   - firstCeiling: The ceiling of the first wait.
    ///   - highestCeiling: The highest ceiling.
    ///   - patience: How long nothing may go well.
    package init(firstCeiling: Duration, highestCeiling: Duration, patience: Duration) {
        self.firstCeiling = firstCeiling
        self.highestCeiling = highestCeiling
        self.patience = patience
    }

    /// For uploads: a server that restarts or a lost line is waited for.
    package static let patient = RetryPolicy(
        firstCeiling: .milliseconds(500),
        highestCeiling: .seconds(15),
        patience: .seconds(300)
    )
    /// For a question somebody waits for.
    package static let brisk = RetryPolicy(
        firstCeiling: .milliseconds(200),
        highestCeiling: .seconds(2),
        patience: .seconds(5)
    )

    /// The wait before the next try.
    ///
    /// - Parameters:
    ///   - fault: What happened.
    ///   - count: How many faults there were in a row before this one.
    ///   - chance: A number from 0 up to 1.
    /// - Returns: What the other side asked for and a little more, or else a jittered wait.
    package func delay(after fault: TransientFault, count: Int, chance: Double) -> Duration {
        let ceiling = min(highestCeiling, firstCeiling * (1 << min(count, 16)))
        let jittered = ceiling * chance
        guard let asked = fault.retryAfter else { return jittered }
        return min(asked, highestCeiling * 4) + min(jittered, .seconds(1))
    }
}
