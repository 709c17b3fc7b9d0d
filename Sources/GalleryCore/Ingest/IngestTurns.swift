import Synchronization

/// Sees to it that one task at a time looks at an upload; those for other uploads go on.
///
/// An upload is often told of twice, by its store and by its client, and a sweep may find it as well. Two looks at once
/// would copy its bytes twice, and the slower one could publish again what was removed after the quicker one. A class,
/// for all copies of a worker share it.
final class IngestTurns: Sendable {
    /// The uploads that are being looked at, and whether somebody told of them meanwhile.
    private let underWay = Mutex<[ImageID: Bool]>([:])

    /// Runs the work, unless it is under way for this upload: then it is run once more at its end.
    ///
    /// - Parameters:
    ///   - id: The upload.
    ///   - work: What is done with it.
    func take(_ id: ImageID, _ work: () async -> Void) async {
        guard begin(id) else { return }
        repeat { await work() } while isToldAgain(id)
    }

    private func begin(_ id: ImageID) -> Bool {
        underWay.withLock { underWay in
            let isFirst = underWay[id] == nil
            underWay[id] = !isFirst
            return isFirst
        }
    }

    /// Ends the turn, unless there is news.
    private func isToldAgain(_ id: ImageID) -> Bool {
        underWay.withLock { underWay in
            let isToldAgain = underWay[id] == true
            underWay[id] = isToldAgain ? false : nil
            return isToldAgain
        }
    }
}
