import Synchronization

/// Lets one task at a time complete an upload; those for other uploads go on.
///
/// A client that lost patience sends its completion again while the first one still joins parts: the second waits, and
/// then finds the object there. A class, for all copies of a store share it.
final class CompletionTurns: Sendable {
    /// Who waits for each upload that is being completed.
    private let waiting = Mutex<[MultipartUploadID: [CheckedContinuation<Void, Never>]]>([:])

    /// Runs `body` once nobody else runs one for this upload.
    func take<Value: Sendable>(
        _ id: MultipartUploadID,
        _ body: () async throws(ObjectStoreError) -> Value
    ) async throws(ObjectStoreError) -> Value {
        await begin(id)
        defer { end(id) }
        return try await body()
    }

    private func begin(_ id: MultipartUploadID) async {
        await withCheckedContinuation { continuation in
            let isFirst = waiting.withLock { waiting in
                if waiting[id] == nil {
                    waiting[id] = []
                    return true
                }
                waiting[id]?.append(continuation)
                return false
            }
            if isFirst { continuation.resume() }
        }
    }

    /// Hands the turn to whoever has waited longest.
    private func end(_ id: MultipartUploadID) {
        let next: CheckedContinuation<Void, Never>? = waiting.withLock { waiting in
            guard waiting[id]?.isEmpty == false else {
                waiting[id] = nil
                return nil
            }
            return waiting[id]?.removeFirst()
        }
        next?.resume()
    }
}
