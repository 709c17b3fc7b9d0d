import NIOPosix

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// The threads on which the store blocks: never the cooperative ones, never an event loop.
struct DiskThreads: Sendable {
    /// The pool; whoever made it shuts it down.
    let pool: NIOThreadPool

    /// Runs `work` on one of the threads; not cut short by cancellation, for it is short itself.
    func run<Value: Sendable>(
        _ work: @escaping @Sendable () throws(ObjectStoreError) -> Value
    ) async throws(ObjectStoreError) -> Value {
        let outcome: Result<Value, ObjectStoreError> = await withCheckedContinuation { continuation in
            pool.submit { state in continuation.resume(returning: Self.outcome(of: work, in: state)) }
        }
        return try outcome.get()
    }

    /// Hands `work` to one of the threads and returns at once.
    func start(_ work: @escaping @Sendable () throws(ObjectStoreError) -> Void) -> PendingWork {
        let pending = PendingWork()
        pool.submit { state in pending.finish(Self.outcome(of: work, in: state)) }
        return pending
    }

    private static func outcome<Value>(
        of work: () throws(ObjectStoreError) -> Value,
        in state: NIOThreadPool.WorkItemState
    ) -> Result<Value, ObjectStoreError> {
        guard state == .active else {
            return .failure(.storageUnavailable(operation: "use threads that were shut down", errno: ESHUTDOWN))
        }
        return Result(catching: work)
    }
}
