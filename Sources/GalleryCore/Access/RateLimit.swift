/// How often one client may ask: a steady rate, and a burst that may be saved up for.
///
/// The generic cell rate algorithm (ITU-T I.371, Annex A) in its virtual scheduling form: all it remembers of a client
/// is one moment, so a client costs eight bytes wherever they are kept.
package struct RateLimit: Hashable, Sendable {
    /// Requests in a period.
    package let count: Int
    /// The period, in seconds.
    package let seconds: Int
    /// How many requests may come at once after a pause.
    package let burst: Int

    /// Sets a limit; numbers under 1 count as 1.
    package init(_ count: Int = 60, inSeconds seconds: Int = 60, burst: Int = 30) {
        self.count = max(count, 1)
        self.seconds = max(seconds, 1)
        self.burst = max(burst, 1)
    }

    /// Milliseconds that one request uses up.
    private var interval: Int64 { max(Int64(seconds) * 1000 / Int64(count), 1) }

    /// Milliseconds that a burst uses up.
    private var tolerance: Int64 { interval * Int64(burst) }

    /// Milliseconds after which nothing is remembered of a client that asks no more.
    package var memoryMilliseconds: Int64 { tolerance }

    /// Decides about one request.
    ///
    /// - Parameters:
    ///   - due: What was remembered of the client: the moment at which it will have used nothing, in milliseconds;
    ///     `nil` for a new one.
    ///   - now: The moment of the request, in milliseconds.
    /// - Returns: What to remember (the same as before when the request is refused), and the decision.
    package func decide(due: Int64?, now: Int64) -> (due: Int64, decision: RateDecision) {
        // A clock that went back must not lock a client out for long.
        let due = min(max(due ?? now, now), now + tolerance)
        let next = due + interval
        guard next - now <= tolerance else {
            let wait = Self.seconds(next - now - tolerance)
            return (due, RateDecision(limit: self, remaining: 0, reset: Self.seconds(due - now), retryAfter: wait))
        }
        let remaining = Int((tolerance - (next - now)) / interval)
        let decision = RateDecision(limit: self, remaining: remaining, reset: Self.seconds(next - now), retryAfter: nil)
        return (next, decision)
    }

    private static func seconds(_ milliseconds: Int64) -> Int { Int((milliseconds + 999) / 1000) }
}

/// What was decided about one request.
package struct RateDecision: Hashable, Sendable {
    /// The limit that decided.
    package let limit: RateLimit
    /// How many more requests may come at once.
    package let remaining: Int
    /// Seconds until the whole burst is there again.
    package let reset: Int
    /// Seconds until a request may come again; `nil` when this one may.
    package let retryAfter: Int?

    /// Says what was decided.
    package init(limit: RateLimit, remaining: Int, reset: Int, retryAfter: Int?) {
        self.limit = limit
        self.remaining = remaining
        self.reset = reset
        self.retryAfter = retryAfter
    }
}
