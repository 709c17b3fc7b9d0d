import Synchronization

/// Wakes those who wait for a picture (the long poll).
///
/// Lives in one process; whoever misses an announcement asks the catalog.
package final class ImageWatch: Sendable {
    private struct Waiters {
        var lastTicket = 0
        var byImage: [ImageID: [Int: AsyncStream<Void>.Continuation]] = [:]
    }

    private let waiters = Mutex(Waiters())

    /// An element for each `announce(id)` from now on.
    ///
    /// Ends with its iterator.
    package func announcements(of id: ImageID) -> AsyncStream<Void> {
        let (stream, continuation) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        let ticket = waiters.withLock { waiters in
            waiters.lastTicket += 1
            waiters.byImage[id, default: [:]][waiters.lastTicket] = continuation
            return waiters.lastTicket
        }
        continuation.onTermination = { [weak self] _ in self?.forget(ticket, of: id) }
        return stream
    }

    /// Says that ingest has finished with the image.
    package func announce(_ id: ImageID) {
        let continuations = waiters.withLock { $0.byImage[id].map { Array($0.values) } ?? [] }
        for continuation in continuations { continuation.yield() }
    }

    /// How many images are waited for.
    package var waitedForCount: Int { waiters.withLock { $0.byImage.count } }

    private func forget(_ ticket: Int, of id: ImageID) {
        waiters.withLock { waiters in
            waiters.byImage[id]?[ticket] = nil
            if waiters.byImage[id]?.isEmpty == true { waiters.byImage[id] = nil }
        }
    }
}
