import ArgumentParser
import GalleryClient
import UnixSignals

/// One run of `imgn upload`: the uploads, what is shown of them, and the signals that stop them.
struct UploadRun: Sendable {
    private static let drawTime: Duration = .milliseconds(100)
    private static let lineTime: Duration = .seconds(10)

    let entries: [UploadBatch.Entry]
    let console: UploadConsole

    private enum Ending: Sendable {
        case finished
        case stopped(exitCode: Int32)
    }

    /// Uploads everything.
    ///
    /// - Parameter tools: What the uploads share.
    /// - Returns: What the process ends with.
    /// - Throws: `unavailable` when no gallery answers; ``UploadJournal/Failure``.
    func upload(with tools: UploadTools) async throws -> ExitCode {
        do {
            var api = tools.api
            api.policy = .brisk
            try await api.reach()
        } catch let error as GalleryClientError {
            throw ClientFailure.unavailable(tools.api.server, error)
        }
        let signals = await UnixSignalsSequence(trapping: .sigint, .sigterm)
        let ending = try await raceToTheEnd(tools, signals)
        console.conclude()
        switch ending {
        case .finished:
            return entries.allSatisfy { $0.isIn } ? .success : .failure
        case .stopped(let exitCode):
            let count = entries.count { $0.isIn }
            Console.note("imgn: stopped; \(count) of \(entries.count) in. Run the same command again to go on.")
            return ExitCode(exitCode)
        }
    }

    private func raceToTheEnd(_ tools: UploadTools, _ signals: UnixSignalsSequence) async throws -> Ending {
        try await withThrowingTaskGroup(of: Ending.self) { group in
            group.addTask {
                try await UploadBatch(tools: tools).run(entries) { console.show($1, of: $0.label) }
                return .finished
            }
            group.addTask {
                for await signal in signals { return .stopped(exitCode: signal == .sigint ? 130 : 143) }
                throw CancellationError()
            }
            group.addTask { try await show() }
            defer { group.cancelAll() }
            guard let ending = try await group.next() else { throw CancellationError() }
            return ending
        }
    }

    /// Shows progress until it is cancelled.
    private func show() async throws -> Ending {
        let clock = ContinuousClock()
        let start = clock.now
        while true {
            try await clock.sleep(for: console.isLively ? Self.drawTime : Self.lineTime)
            console.showProgress(at: start.duration(to: clock.now))
        }
    }
}

extension UploadBatch.Entry {
    /// Whether its picture is in the gallery.
    fileprivate var isIn: Bool {
        guard case .finished(let status) = meter.reading.phase else { return false }
        return status.isIn
    }
}
