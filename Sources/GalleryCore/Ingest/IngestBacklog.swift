import Synchronization

/// What there is to do for an ingest worker; a class, for all that hold it count together.
package final class IngestBacklog: Sendable {
    /// How many uploads there are.
    package struct Count: Hashable, Sendable {
        /// Told of, and not begun.
        package var waiting: Int
        /// Being looked at.
        package var underWay: Int
    }

    private struct Content {
        var waiting: Set<ImageID> = []
        var underWay: Set<ImageID> = []
    }

    private let content = Mutex(Content())

    init() {}

    /// How much there is now.
    package var count: Count {
        content.withLock { Count(waiting: $0.waiting.count, underWay: $0.underWay.count) }
    }

    func add(_ id: ImageID) { content.withLock { content in _ = content.waiting.insert(id) } }

    func begin(_ id: ImageID) {
        content.withLock { content in
            content.waiting.remove(id)
            content.underWay.insert(id)
        }
    }

    func end(_ id: ImageID) { content.withLock { content in _ = content.underWay.remove(id) } }

    /// Forgets an upload that was told of and cannot be remembered.
    func drop(_ id: ImageID) { content.withLock { content in _ = content.waiting.remove(id) } }
}
