import GalleryCore
package import Logging
import NIOPosix
import Synchronization
package import Thumbnails

/// Processes that decode pictures: started when they are needed, kept, and replaced when they fail.
///
/// Whoever makes a pool calls ``shutDown()`` when no more pictures come; then no process is left. Should this process
/// be ended before that, its workers see that their input is closed, and end.
package final class WorkerPool: Sendable {
    private struct State {
        var idle: [WorkerProcess] = []
        var isShutDown = false
    }

    let configuration: WorkerConfiguration
    let logger: Logger
    private let turns: WorkerTurns
    private let killed = KilledPictures()
    private let state = Mutex(State())

    /// Makes a pool; no process is started yet.
    package init(_ configuration: WorkerConfiguration, logger: Logger) {
        self.configuration = configuration
        self.logger = logger
        turns = WorkerTurns(count: configuration.workerCount, queueLimit: configuration.queueLimit)
    }

    /// How busy it is, for `/readyz` and the log.
    package var load: WorkerLoad { turns.load }

    /// Starts a worker, to find out at once whether pictures can be decoded here; it is kept for the first picture.
    ///
    /// - Returns: What the worker said of itself.
    /// - Throws: ``RenditionError/unavailable(_:)`` with the way out.
    package func prepare() async throws -> WorkerGreeting {
        try await turns.withTurn {
            let worker = try await start()
            await keep(worker)
            return worker.greeting
        }
    }

    /// Uses a worker, alone; it is kept when `body` left it ready for the next picture, else ended.
    func withWorker<Result>(_ body: (WorkerProcess) async throws -> Result) async throws -> Result {
        do {
            return try await turns.withTurn { try await use(body) }
        } catch is WorkerTurns.QueueFull {
            throw RenditionError.unavailable("\(configuration.queueLimit) pictures wait to be decoded already")
        }
    }

    private func use<Result>(_ body: (WorkerProcess) async throws -> Result) async throws -> Result {
        let worker: WorkerProcess
        if let idle = await takeIdle() { worker = idle } else { worker = try await start() }
        let outcome: Swift.Result<Result, any Error>
        do {
            outcome = .success(try await body(worker))
        } catch {
            outcome = .failure(error)
        }
        await keep(worker)
        return try outcome.get()
    }

    /// Ends all workers that wait for pictures, and each other one as soon as its picture is done.
    package func shutDown() async {
        let idle = state.withLock { state in
            state.isShutDown = true
            defer { state.idle = [] }
            return state.idle
        }
        for worker in idle { await worker.end() }
    }

    /// What it says of a picture that a worker was ended at it by a signal.
    func blame(_ request: RenditionRequest, for signal: Int32) -> RenditionError { killed.blame(request, for: signal) }

    /// The worker that was used last and still runs.
    private func takeIdle() async -> WorkerProcess? {
        while let worker = state.withLock({ $0.idle.popLast() }) {
            if worker.isReady { return worker }
            await worker.end()
        }
        return nil
    }

    private func keep(_ worker: WorkerProcess) async {
        let isKept = state.withLock { state in
            guard !state.isShutDown, worker.isReady, worker.pictureCount < configuration.picturesPerWorker else {
                return false
            }
            state.idle.append(worker)
            return true
        }
        if !isKept { await worker.end() }
    }

    private func start() async throws -> WorkerProcess {
        guard !state.withLock(\.isShutDown) else { throw RenditionError.unavailable("imgn is stopping") }
        let worker = try await WorkerProcess.start(configuration, logger: logger)
        if !worker.greeting.isConfined {
            logger.notice("decoding is not confined: this system has no seccomp, or does not allow it")
        }
        return worker
    }
}
