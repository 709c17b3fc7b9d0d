import Synchronization

/// Whether a caller has begun to read an answer: from then on nothing may be tried again.
///
/// Mutable state: one flag of one attempt, set once.
final class ReadMark: Sendable {
    private let flag = Atomic(false)

    /// Notes the beginning.
    func set() {
        flag.store(true, ordering: .releasing)
    }

    /// Whether reading has begun.
    var isSet: Bool { flag.load(ordering: .acquiring) }
}
