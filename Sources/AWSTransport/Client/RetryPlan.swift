/// What to do after one attempt at a request failed; one plan a request.
///
/// A state machine without I/O: it counts attempts, and remembers that clock and credentials are mended once only.
struct RetryPlan: Sendable {
    /// What to do next.
    enum Step: Equatable {
        /// Report the error.
        case giveUp
        /// Wait, then send again, if the quota allows.
        case wait(Duration)
        /// Send again at once, with the date corrected.
        case redate
        /// Send again at once, with other credentials if there are any.
        case renew
    }

    private let policy: RetryPolicy
    private let isIdempotent: Bool
    private let canReopen: Bool
    private var failures = 0
    private var hasRedated = false
    private var hasRenewed = false

    /// What the last retry cost of the quota, `nil` before the first.
    var lastCost: Int?

    /// Plans for a request.
    init(_ policy: RetryPolicy, for request: AWSRequest) {
        self.policy = policy
        isIdempotent = request.isIdempotent
        canReopen = request.body.canReopen
    }

    /// Decides after a failure.
    ///
    /// - Parameters:
    ///   - error: Why the attempt failed.
    ///   - clockMoved: Whether the answer's date has just corrected our clock.
    ///   - random: From 0 up to but not including 1.
    /// - Returns: What to do.
    mutating func step(after error: AWSError, clockMoved: Bool, random: Double) -> Step {
        guard canReopen else { return .giveUp }
        // A refused signature means that nothing was done, so these are safe for every request.
        if clockMoved, error.mayBeClockSkew, !hasRedated {
            hasRedated = true
            return .redate
        }
        if error.isExpiredCredentials, !hasRenewed {
            hasRenewed = true
            return .renew
        }
        failures += 1
        guard failures < policy.maximumAttempts, error.isRetryable, isIdempotent || error.isThrottling else {
            return .giveUp
        }
        return .wait(policy.delay(after: error, failures: failures, random: random))
    }
}
