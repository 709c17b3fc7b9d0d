/// Something that may be over soon: a lost connection, a 503.
package struct TransientFault: Sendable, Equatable {
    /// What happened, for people.
    package let reason: String
    /// How long the other side asked to wait.
    package let retryAfter: Duration?

    package init(reason: String, retryAfter: Duration? = nil) {
        self.reason = reason
        self.retryAfter = retryAfter
    }

    /// Reads the fault from an answer; `nil` for an answer that will not get better by asking again.
    ///
    /// - Parameters:
    ///   - status: The HTTP status.
    ///   - retryAfter: The header `Retry-After`; only its seconds are understood (RFC 9110 §10.2.3), since a date
    ///     would need this machine's clock to be right.
    package init?(status: Int, retryAfter: String?) {
        switch status {
        case 408: reason = "the request took too long"
        case 425, 429: reason = "too many requests"
        // Not implemented, another HTTP, a full disk: asking again does not help.
        case 501, 505, 507: return nil
        case 500...599: reason = "the server answered \(status)"
        default: return nil
        }
        self.retryAfter = retryAfter.flatMap { Int($0) }.flatMap { $0 >= 0 ? .seconds($0) : nil }
    }
}
