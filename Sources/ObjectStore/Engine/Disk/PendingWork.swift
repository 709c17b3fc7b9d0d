import Synchronization

/// Work handed to a thread whose end is awaited later, by one waiter, once.
final class PendingWork: Sendable {
    /// How the work ended.
    typealias Outcome = Result<Void, ObjectStoreError>

    private enum State {
        case running
        case awaited(CheckedContinuation<Outcome, Never>)
        case finished(Outcome)
    }

    private let state = Mutex(State.running)

    /// Says how the work ended.
    func finish(_ outcome: Outcome) {
        let waiter: CheckedContinuation<Outcome, Never>? = state.withLock { state in
            defer { state = .finished(outcome) }
            guard case .awaited(let waiter) = state else { return nil }
            return waiter
        }
        waiter?.resume(returning: outcome)
    }

    /// Waits for the end of the work.
    func value() async throws(ObjectStoreError) {
        let outcome: Outcome = await withCheckedContinuation { continuation in
            let finished: Outcome? = state.withLock { state in
                guard case .finished(let outcome) = state else {
                    state = .awaited(continuation)
                    return nil
                }
                return outcome
            }
            if let finished { continuation.resume(returning: finished) }
        }
        try outcome.get()
    }
}
