import Synchronization

/// Who may use a worker, first come, first served; a bounded number may wait.
final class WorkerTurns: Sendable {
    private struct State {
        var free: Int
        var waiting: [(id: Int, turn: CheckedContinuation<Void, any Error>)] = []
        var nextID = 0
    }

    /// That so many are waiting already.
    struct QueueFull: Error {}

    private let state: Mutex<State>
    private let count: Int
    private let queueLimit: Int

    init(count: Int, queueLimit: Int) {
        state = Mutex(State(free: count))
        self.count = count
        self.queueLimit = queueLimit
    }

    var load: WorkerLoad {
        state.withLock { WorkerLoad(busy: count - $0.free, waiting: $0.waiting.count, workers: count) }
    }

    /// Waits for a turn, and gives it back when `body` is over.
    ///
    /// - Throws: ``QueueFull``, `CancellationError`, and what `body` throws.
    func withTurn<Result>(_ body: () async throws -> Result) async throws -> Result {
        try await take()
        defer { giveBack() }
        return try await body()
    }

    private func take() async throws {
        let id = state.withLock { state in
            state.nextID += 1
            return state.nextID
        }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { turn in enqueue(id, turn) }
        } onCancel: {
            leave(id)
        }
    }

    private func enqueue(_ id: Int, _ turn: CheckedContinuation<Void, any Error>) {
        let outcome: Result<Void, any Error>? = state.withLock { state in
            if Task.isCancelled { return .failure(CancellationError()) }
            if state.free > 0 {
                state.free -= 1
                return .success(())
            }
            guard state.waiting.count < queueLimit else { return .failure(QueueFull()) }
            state.waiting.append((id, turn))
            return nil
        }
        if let outcome { turn.resume(with: outcome) }
    }

    private func leave(_ id: Int) {
        let turn = state.withLock { state -> CheckedContinuation<Void, any Error>? in
            guard let position = state.waiting.firstIndex(where: { $0.id == id }) else { return nil }
            return state.waiting.remove(at: position).turn
        }
        turn?.resume(throwing: CancellationError())
    }

    private func giveBack() {
        let next = state.withLock { state -> CheckedContinuation<Void, any Error>? in
            guard !state.waiting.isEmpty else {
                state.free += 1
                return nil
            }
            return state.waiting.removeFirst().turn
        }
        next?.resume()
    }
}
