import GalleryCore
import Logging
import NIOCore
import NIOPosix
import Synchronization
import Thumbnails

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A worker that runs, and the pipes to it; whoever has it has it alone.
final class WorkerProcess: Sendable {
    /// How long a worker may take to be ready: it loads a hundred libraries, on a machine that may be busy.
    private static let startLimit = TimeAmount.seconds(20)

    /// What it said of itself.
    let greeting: WorkerGreeting
    private let line: WorkerLine
    private let asked = Atomic(0)
    private let isAtRest = Atomic(true)

    private init(_ line: WorkerLine, _ greeting: WorkerGreeting) {
        self.line = line
        self.greeting = greeting
    }

    /// Starts a worker and waits until it is ready.
    ///
    /// - Throws: ``RenditionError/unavailable(_:)`` with the way out.
    static func start(_ configuration: WorkerConfiguration, logger: Logger) async throws -> WorkerProcess {
        let line: WorkerLine
        do {
            line = try await WorkerLine.open(configuration, logger: logger)
        } catch let failure as WorkerStartFailure {
            let reason = unsafe String(cString: strerror(failure.errno))
            throw RenditionError.unavailable("a worker cannot be started from \(configuration.program): \(reason)")
        }
        do {
            return WorkerProcess(line, try await hello(line))
        } catch {
            line.process.kill()
            _ = await line.close()
            throw error
        }
    }

    private static func hello(_ line: WorkerLine) async throws -> WorkerGreeting {
        let event: WorkerDialogue.Event
        do {
            event = try await line.next(within: startLimit).event
        } catch {
            try Task.checkCancellation()
            throw RenditionError.unavailable("a worker did not become ready (\(error))")
        }
        switch event {
        case .ready(let greeting): return greeting
        case .refused(let refusal): throw RenditionError.unavailable(Self.wayOut(refusal.words))
        default: throw RenditionError.unavailable("a worker did not become ready")
        }
    }

    private static func wayOut(_ words: String) -> String {
        """
        libvips, which makes renditions, cannot be used: \(words). Install it (Debian and Ubuntu: apt-get install \
        libvips42; macOS: brew install vips), name its file in IMGN_LIBVIPS, or do without renditions: \
        IMGN_RENDITIONS=off
        """
    }

    /// Whether it can take a picture: it has answered all that it was asked, and still runs.
    var isReady: Bool { isAtRest.load(ordering: .relaxed) && line.isOpen }

    /// How many pictures it was given.
    var pictureCount: Int { asked.load(ordering: .relaxed) }

    /// Announces a picture; its bytes follow.
    func ask(_ request: WorkerRequest) async throws {
        asked.add(1, ordering: .relaxed)
        isAtRest.store(false, ordering: .relaxed)
        try await line.ask(request)
    }

    /// Sends a piece of the picture, and comes back when the pipe took it.
    func write(_ piece: ByteBuffer) async throws { try await line.write(piece) }

    /// What it says next.
    func next(within limit: TimeAmount) async throws -> WorkerMessage {
        let message = try await line.next(within: limit)
        switch message.event {
        case .done, .refused: isAtRest.store(true, ordering: .relaxed)
        case .ready, .file, .bytes: break
        }
        return message
    }

    /// Ends it at once; may be called from anywhere.
    func kill() { line.process.kill() }

    /// Ends it if it still runs, and takes everything back.
    ///
    /// - Returns: How it ended.
    @discardableResult
    func end() async -> ChildProcess.Ending {
        line.process.kill()
        return await line.close()
    }

    /// How it ended, after its pipes were closed by itself.
    func ending() async -> ChildProcess.Ending { await line.close() }
}
