/// What an exchange is waiting for the other side to do, and until when.
///
/// A state machine without a clock. Time that our own side takes, to make a request's bytes or to use an answer's, does
/// not count: while nothing is awaited, nothing can be late.
struct LineWaits: Sendable {
    /// What the other side is to do.
    enum Event: String, Sendable {
        /// Take a connection and the first bytes.
        case connect = "no connection took the request"
        /// Take more of the request's body.
        case send = "the body stood still on its way out"
        /// Answer.
        case head = "no answer came"
        /// Send more of the answer's body.
        case receive = "the body stood still on its way in"
    }

    /// One thing that is awaited.
    struct Wait: Sendable {
        /// What.
        let event: Event
        /// From when on it is late.
        let deadline: ContinuousClock.Instant
        /// How long it was given.
        let limit: Duration
    }

    /// What is awaited on the way out; requests and answers overlap, so each way has its own wait.
    var sending: Wait?

    /// What is awaited on the way in.
    var receiving: Wait?

    /// What is late, `nil` when nothing is.
    func late(at now: ContinuousClock.Instant) -> Wait? {
        [sending, receiving].compactMap(\.self).first { $0.deadline <= now }
    }

    /// When something will be late if nothing happens, `nil` when nothing is awaited.
    var nextDeadline: ContinuousClock.Instant? {
        [sending, receiving].compactMap(\.?.deadline).min()
    }
}
