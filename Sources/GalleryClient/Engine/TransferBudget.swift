import Synchronization

/// The transfers that a whole run may have under way, handed out in the order they were asked for.
///
/// Small files and the parts of large ones take slots from the same budget, one transfer at a time, so neither starves
/// the other.
package final class TransferBudget: Sendable {
    private struct Waiter {
        let id: Int
        let limit: Int
        let continuation: CheckedContinuation<Int, any Error>
    }

    private struct State {
        var free: Int
        var lastID = 0
        var waiters: [Waiter] = []

        /// Serves whoever waits, first come first served.
        mutating func serve() -> [(Waiter, Int)] {
            var served: [(Waiter, Int)] = []
            while free > 0, !waiters.isEmpty {
                let waiter = waiters.removeFirst()
                let granted = min(free, waiter.limit)
                free -= granted
                served.append((waiter, granted))
            }
            return served
        }
    }

    private let state: Mutex<State>

    /// - Parameter slots: The transfers at once, at least one.
    package init(slots: Int) {
        state = Mutex(State(free: max(1, slots)))
    }

    /// Waits for slots.
    ///
    /// - Parameter limit: The most that are of use, at least one.
    /// - Returns: How many were granted: one at least, and no more than `limit`. They are to be released.
    /// - Throws: `CancellationError`; then nothing was granted.
    package func acquire(upTo limit: Int = 1) async throws -> Int {
        let id = state.withLock { state in
            state.lastID += 1
            return state.lastID
        }
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                enqueue(Waiter(id: id, limit: max(1, limit), continuation: continuation))
            }
        } onCancel: {
            let waiter = state.withLock { state in
                state.waiters.firstIndex { $0.id == id }.map { state.waiters.remove(at: $0) }
            }
            waiter?.continuation.resume(throwing: CancellationError())
        }
    }

    /// Does something that takes one slot.
    ///
    /// - Throws: `CancellationError`, or what the body throws.
    package func withSlot<Value>(_ body: () async throws -> Value) async throws -> Value {
        let count = try await acquire()
        defer { release(count) }
        return try await body()
    }

    /// Gives slots back.
    package func release(_ count: Int = 1) {
        let served = state.withLock { state in
            state.free += count
            return state.serve()
        }
        for (waiter, granted) in served { waiter.continuation.resume(returning: granted) }
    }

    /// The slots nobody has.
    package var free: Int { state.withLock { $0.free } }

    private func enqueue(_ waiter: Waiter) {
        // A cancellation before this line found no waiter to wake; one after it will.
        let served: [(Waiter, Int)]? = state.withLock { state in
            guard !Task.isCancelled else { return nil }
            state.waiters.append(waiter)
            return state.serve()
        }
        guard let served else { return waiter.continuation.resume(throwing: CancellationError()) }
        for (waiter, granted) in served { waiter.continuation.resume(returning: granted) }
    }
}
