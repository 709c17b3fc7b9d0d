package import GalleryCore
package import LambdaRuntime
import Logging
package import NIOCore

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Looks at what was uploaded, when a store, a queue or a schedule says so.
///
/// Events may come twice, late, in any order, and tell of what never was. What fails and is not the picture's fault is
/// reported as failed, so that the queue delivers it again and puts it aside at last.
package struct IngestFunction: Sendable {
    /// How the function behaves.
    package struct Configuration: Sendable {
        /// What the function is called, in its metrics.
        package var name = "imgn-lambda-ingest"
        /// Uploads looked at at once.
        package var concurrency = 4
        /// Seconds after which the key of a spent upload is freed; longer than any ticket lives.
        package var spentSeconds = IngestWorker.Configuration().spentSeconds
        /// How long before its end an invocation stops, so that it can still say what is not done; a third of the time
        /// when that is less.
        package var leadTime: Duration = .seconds(2)
        /// How many waiting uploads a sweep asks the store for at once.
        package var sweepPage = 500

        /// The behaviour that fits Lambda.
        package init() {}
    }

    let gallery: Gallery
    let configuration: Configuration
    /// Looks at one upload.
    var look: @Sendable (ImageID) async throws -> ImageState?
    private let report: @Sendable (MetricsRecord) -> Void
    private let firstInvocation = FirstInvocation()

    /// Makes the function.
    ///
    /// - Parameters:
    ///   - gallery: Whose uploads it looks at.
    ///   - configuration: How it behaves.
    ///   - report: Takes the numbers of each invocation.
    package init(
        gallery: Gallery,
        configuration: Configuration = Configuration(),
        report: @escaping @Sendable (MetricsRecord) -> Void = { $0.write() }
    ) {
        self.gallery = gallery
        self.configuration = configuration
        look = { try await gallery.ingest($0) }
        self.report = report
    }

    /// Deals with one event.
    ///
    /// - Parameters:
    ///   - event: JSON of S3, SQS, SNS, EventBridge or a schedule.
    ///   - invocation: Says how much time there is.
    /// - Returns: For a queue, the messages that are to be delivered again; else what became of the uploads.
    /// - Throws: `InvalidEvent`; ``IngestIncomplete`` when uploads of an event without a queue are to be tried again;
    ///   `GalleryError` when a sweep cannot see what waits, or not tidy up.
    package func answer(_ event: ByteBuffer, _ invocation: Invocation) async throws -> InvocationAnswer {
        let start = ContinuousClock.now
        let isCold = firstInvocation.take()
        var tally = IngestTally()
        defer {
            report(tally.metrics(function: configuration.name, isCold: isCold, time: ContinuousClock.now - start))
        }
        let end = invocation.remainingTime.map { start + $0 - min(configuration.leadTime, $0 / 3) }
        switch try IngestEvent(parsing: event) {
        case .messages(let messages):
            let failed = await ingest(messages, run(invocation), until: end, &tally)
            return try Self.answer(BatchAnswer(failed))
        case .stored(let addresses):
            let outcomes = await run(invocation).ingest(gallery.uploadIDs(at: addresses), until: end)
            tally.add(outcomes.values)
            guard tally.failed == 0 else { throw IngestIncomplete(count: tally.failed) }
        case .sweep:
            try await sweep(run(invocation), until: end, &tally)
        }
        return try Self.answer(TallyAnswer(tally))
    }

    private func run(_ invocation: Invocation) -> IngestRun {
        IngestRun(look: look, concurrency: configuration.concurrency, logger: invocation.logger)
    }

    /// Looks at what the messages tell of.
    ///
    /// - Returns: The messages that are to be delivered again.
    private func ingest(
        _ messages: [QueuedMessage],
        _ run: IngestRun,
        until end: ContinuousClock.Instant?,
        _ tally: inout IngestTally
    ) async -> [String] {
        let uploads = messages.map { message in message.stored.map(gallery.uploadIDs) }
        let outcomes = await run.ingest(uploads.flatMap { $0 ?? [] }, until: end)
        tally.add(outcomes.values)
        var failed: [String] = []
        for (message, ids) in zip(messages, uploads) {
            if let ids {
                if ids.contains(where: { outcomes[$0]?.isSettled != true }) { failed.append(message.id) }
            } else {
                tally.addUnreadable()
                run.logger.error("a message of the queue cannot be read", metadata: ["message": "\(message.id)"])
                failed.append(message.id)
            }
        }
        return failed
    }

    /// Looks at everything that waits, then frees the keys of spent uploads and drops those never finished.
    ///
    /// What there is no time for, the next sweep finds.
    private func sweep(
        _ run: IngestRun,
        until end: ContinuousClock.Instant?,
        _ tally: inout IngestTally
    ) async throws(GalleryError) {
        var last: ImageID?
        repeat {
            let waiting = try await gallery.storage.incomingIDs(after: last, limit: configuration.sweepPage)
            last = waiting.last
            tally.add(await run.ingest(waiting, until: end).values)
            if let end, ContinuousClock.now >= end {
                run.logger.warning("the time was up before the sweep had seen all that waits")
                return
            }
        } while last != nil
        try await gallery.storage.forgetSpent(olderThan: configuration.spentSeconds)
        try await gallery.storage.forgetUnfinished(olderThan: gallery.limits.multipartSeconds)
    }

    private static func answer(_ content: some Encodable) throws -> InvocationAnswer {
        .whole(ByteBuffer(bytes: try JSONEncoder().encode(content)))
    }
}

/// What a queue's poller reads (AWS, ReportBatchItemFailures).
private struct BatchAnswer: Encodable {
    let batchItemFailures: [Item]

    struct Item: Encodable {
        let itemIdentifier: String
    }

    init(_ failed: [String]) {
        batchItemFailures = failed.map(Item.init)
    }
}

/// What everyone else may read.
private struct TallyAnswer: Encodable {
    let ingested, rejected, gone, failed: Int

    init(_ tally: IngestTally) {
        (ingested, rejected, gone, failed) = (tally.ingested, tally.rejected, tally.gone, tally.failed)
    }
}

/// Uploads of an event could not be looked at; whoever sent it should do so again.
package struct IngestIncomplete: InvocationFailure, Equatable {
    /// How many.
    package let count: Int

    /// Always `IngestIncomplete`.
    package var errorType: String { "IngestIncomplete" }
    /// A sentence with their number.
    package var errorMessage: String {
        "\(count == 1 ? "an upload" : "\(count) uploads") could not be looked at; the log says why. Send it again."
    }
}
