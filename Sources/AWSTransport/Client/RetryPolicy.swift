/// When to try again, and how long to wait: the SDKs' standard mode.
///
/// AWS SDKs and Tools Reference Guide, "Retry behavior": exponential backoff with full jitter, so that clients that
/// failed together do not come back together.
package struct RetryPolicy: Sendable, Hashable {
    /// How often a request is sent at most, the first time included.
    package var maximumAttempts: Int

    /// The longest first wait after a failure; it doubles with each further one.
    package var baseDelay: Duration

    /// The longest first wait after the service said it is asked too much.
    package var throttledBaseDelay: Duration

    /// No wait is longer, whatever the service asks for.
    package var maximumDelay: Duration

    /// Sets the policy.
    ///
    /// - Parameters:
    ///   - maximumAttempts: How often a request is sent at most; values under 1 count as 1.
    ///   - baseDelay: The longest first wait after a failure.
    ///   - throttledBaseDelay: The longest first wait after the service said it is asked too much.
    ///   - maximumDelay: No wait is longer.
    package init(
        maximumAttempts: Int = 3,
        baseDelay: Duration = .milliseconds(100),
        throttledBaseDelay: Duration = .milliseconds(500),
        maximumDelay: Duration = .seconds(20)
    ) {
        self.maximumAttempts = max(1, maximumAttempts)
        self.baseDelay = baseDelay
        self.throttledBaseDelay = throttledBaseDelay
        self.maximumDelay = maximumDelay
    }

    /// How long to wait before the next attempt.
    ///
    /// - Parameters:
    ///   - error: Why the last attempt failed; a wait that the service asked for is the least.
    ///   - failures: How many attempts have failed, at least 1.
    ///   - random: From 0 up to but not including 1.
    /// - Returns: At most ``maximumDelay``.
    func delay(after error: AWSError, failures: Int, random: Double) -> Duration {
        let base = error.isThrottling ? throttledBaseDelay : baseDelay
        // Beyond 2^20 even a millisecond is past any cap that makes sense.
        let ceiling = min(base * (1 << min(max(failures, 1) - 1, 20)), maximumDelay)
        return min(max(ceiling * random, error.retryAfter ?? .zero), maximumDelay)
    }
}
