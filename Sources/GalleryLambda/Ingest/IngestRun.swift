import GalleryCore
import Logging

/// Looks at some uploads at once, for as long as there is time.
struct IngestRun: Sendable {
    /// Looks at one upload; says what is known of it then.
    let look: @Sendable (ImageID) async throws -> ImageState?
    /// How many are looked at at once.
    let concurrency: Int
    let logger: Logger

    private enum Step: Sendable {
        case done(ImageID, IngestOutcome)
        case timeIsUp
    }

    /// Looks at each of the uploads once.
    ///
    /// - Parameters:
    ///   - ids: The uploads.
    ///   - end: When to stop, with what is under way called off; `nil` for never.
    /// - Returns: What became of each; those that there was no time for have failed.
    func ingest(_ ids: some Sequence<ImageID>, until end: ContinuousClock.Instant?) async -> [ImageID: IngestOutcome] {
        var waiting = Array(ids)
        var outcomes = Dictionary(waiting.map { ($0, IngestOutcome.failed) }, uniquingKeysWith: { one, _ in one })
        waiting = Array(outcomes.keys)
        await withTaskGroup(of: Step.self) { group in
            if let end { group.addTask { await Self.wait(until: end) } }
            var underWay = 0
            while underWay > 0 || !waiting.isEmpty {
                while underWay < concurrency, let id = waiting.popLast() {
                    group.addTask { .done(id, await outcome(of: id)) }
                    underWay += 1
                }
                switch await group.next() {
                case .done(let id, let outcome):
                    outcomes[id] = outcome
                    underWay -= 1
                case .timeIsUp:
                    waiting = []
                    group.cancelAll()
                case nil: return
                }
            }
            group.cancelAll()
        }
        return outcomes
    }

    private static func wait(until end: ContinuousClock.Instant) async -> Step {
        try? await Task.sleep(until: end, clock: .continuous)
        return .timeIsUp
    }

    private func outcome(of id: ImageID) async -> IngestOutcome {
        do {
            switch try await look(id) {
            case .ready: return .ingested
            case .rejected: return .rejected
            case .incoming: return .busy
            case nil: return .gone
            }
        } catch {
            logger.error("ingest failed and will be repeated", metadata: ["image": "\(id)", "error": "\(error)"])
            return .failed
        }
    }
}
