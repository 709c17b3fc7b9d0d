/// The wire from the store to the ingest worker: ids of uploads that have just arrived.
package struct IngestSignals: Sendable {
    /// The ids, for one reader.
    package let ids: AsyncStream<ImageID>
    /// What was told of and is not done.
    package let backlog = IngestBacklog()
    private let continuation: AsyncStream<ImageID>.Continuation

    package init() {
        (ids, continuation) = AsyncStream.makeStream(bufferingPolicy: .bufferingOldest(10_000))
    }

    /// Says that an upload has arrived.
    ///
    /// Never blocks; what does not fit, the sweep finds.
    package func uploadArrived(_ id: ImageID) {
        backlog.add(id)
        if case .enqueued = continuation.yield(id) { return }
        backlog.drop(id)
    }

    /// Ends `ids`.
    package func finish() {
        continuation.finish()
    }
}
