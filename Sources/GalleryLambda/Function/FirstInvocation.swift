import Synchronization

/// Tells the first invocation of a process from all others.
final class FirstInvocation: Sendable {
    private let isTaken = Atomic(false)

    /// True the first time.
    func take() -> Bool {
        !isTaken.exchange(true, ordering: .relaxed)
    }
}
