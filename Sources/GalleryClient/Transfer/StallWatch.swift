/// Tells a slow transfer from one that stands still.
///
/// A value with time as a parameter: who holds it asks when to look again.
package struct StallWatch: Sendable, Equatable {
    /// How long no byte may move while the body goes out.
    let sending: Duration
    /// How long the answer may take after the last byte: the system has yet to send what it holds, and the store syncs.
    let answering: Duration
    private var deadline: Duration

    /// - Parameters:
    ///   - sending: How long no byte may move.
    ///   - answering: How long the answer may take after the last byte.
    ///   - now: When the transfer begins.
    package init(sending: Duration, answering: Duration, at now: Duration) {
        self.sending = sending
        self.answering = answering
        deadline = now + sending
    }

    /// Bytes have moved.
    package mutating func moved(at now: Duration) {
        deadline = now + sending
    }

    /// The last byte was handed on.
    package mutating func finishedSending(at now: Duration) {
        deadline = now + answering
    }

    /// How long to wait before looking again; `nil` when the transfer stands still.
    package func remaining(at now: Duration) -> Duration? {
        deadline > now ? deadline - now : nil
    }
}
