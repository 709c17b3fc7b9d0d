package import Logging

/// The durable ingest queue of one process.
///
/// The queue itself is the storage's `incoming/` folder, so nothing is lost in a crash. Signals only make it quick; the
/// sweep, at start and from time to time, finds what no signal told of.
package struct IngestWorker: Sendable {
    /// How the worker behaves.
    package struct Configuration: Sendable {
        /// Pictures looked at at once.
        package var concurrency: Int
        /// Time between two sweeps.
        package var sweepInterval: Duration
        /// Seconds after which the key of a spent upload is freed; longer than any ticket lives.
        package var spentSeconds: Int

        package init(concurrency: Int = 4, sweepInterval: Duration = .seconds(30), spentSeconds: Int = 900) {
            self.concurrency = concurrency
            self.sweepInterval = sweepInterval
            self.spentSeconds = spentSeconds
        }
    }

    private let gallery: Gallery
    private let configuration: Configuration
    private let signals: IngestSignals
    private let logger: Logger
    private let turns = IngestTurns()
    private let pace = ReportPace(seconds: 10)

    package init(
        gallery: Gallery,
        signals: IngestSignals,
        configuration: Configuration = Configuration(),
        logger: Logger
    ) {
        self.gallery = gallery
        self.signals = signals
        self.configuration = configuration
        self.logger = logger
    }

    /// Works until the signals end (then finishes the pictures under way) or the task is cancelled.
    package func run() async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await self.sweepRepeatedly() }
            group.addTask { await self.ingest(each: self.signals.ids) }
            await group.next()
            group.cancelAll()
        }
    }

    /// Ingests everything that waits, frees the keys of uploads spent long ago, and drops those never finished.
    ///
    /// What waits comes first: pictures appear also where a store does not let us tidy up, as when our keys may not
    /// delete or list unfinished uploads.
    /// - Returns: How many uploads could not be looked at; the log says why, and the next sweep tries again.
    /// - Throws: The first failure, after the rest was tried.
    @discardableResult
    package func sweep() async throws(GalleryError) -> Int {
        let failures = try await ingestWaiting()
        var failure: GalleryError?
        do throws(GalleryError) {
            try await gallery.storage.forgetSpent(olderThan: configuration.spentSeconds)
        } catch {
            failure = error
        }
        try await gallery.storage.forgetUnfinished(olderThan: gallery.limits.multipartSeconds)
        if let failure { throw failure }
        return failures
    }

    private func ingestWaiting() async throws(GalleryError) -> Int {
        var failures = 0
        var last: ImageID?
        repeat {
            let waiting = try await gallery.storage.incomingIDs(after: last, limit: 500)
            last = waiting.last
            if !waiting.isEmpty {
                logger.info("looking at uploads that wait", metadata: ["count": "\(waiting.count)"])
            }
            for id in waiting { signals.backlog.add(id) }
            failures += await ingest(each: waiting.async)
        } while last != nil && !Task.isCancelled
        return failures
    }

    private func sweepRepeatedly() async {
        while !Task.isCancelled {
            do {
                try await sweep()
            } catch {
                logger.error("the sweep failed and will be repeated", metadata: ["error": "\(error)"])
            }
            try? await Task.sleep(for: configuration.sweepInterval)
        }
    }

    /// Ingests what the sequence names, a bounded number at once; returns how many failed.
    @discardableResult
    private func ingest(each ids: some AsyncSequence<ImageID, Never> & Sendable) async -> Int {
        await withTaskGroup(of: Bool.self) { group in
            var (underWay, failures) = (0, 0)
            for await id in ids {
                if underWay == configuration.concurrency, let isDone = await group.next() {
                    failures += isDone ? 0 : 1
                    underWay -= 1
                }
                group.addTask { await self.ingest(id) }
                underWay += 1
            }
            for await isDone in group where !isDone { failures += 1 }
            return failures
        }
    }

    /// Looks at an upload; false when that failed.
    private func ingest(_ id: ImageID) async -> Bool {
        var isDone = true
        signals.backlog.begin(id)
        defer { signals.backlog.end(id) }
        await turns.take(id) {
            do {
                try await gallery.ingest(id)
                isDone = true
            } catch {
                isDone = false
                logger.error("ingest failed and will be repeated", metadata: ["image": "\(id)", "error": "\(error)"])
            }
        }
        report()
        return isDone
    }

    /// Says from time to time how far it is with a backlog.
    private func report() {
        let count = signals.backlog.count
        guard count.waiting > 0, pace.isTime() else { return }
        logger.info("uploads wait", metadata: ["waiting": "\(count.waiting)", "under-way": "\(count.underWay)"])
    }
}

extension Array where Element: Sendable {
    /// The elements as an asynchronous sequence.
    fileprivate var async: AsyncStream<Element> {
        AsyncStream { continuation in
            for element in self { continuation.yield(element) }
            continuation.finish()
        }
    }
}
