import Logging
import NIOCore
import NIOPosix
import Thumbnails

/// A worker's process and the channels on its pipes.
struct WorkerLine: Sendable {
    let process: ChildProcess
    private let channel: any Channel
    private let inbox: NIOLoopBound<WorkerInbox>
    private let words: any Channel

    /// Starts a process and takes its pipes.
    static func open(_ configuration: WorkerConfiguration, logger: Logger) async throws -> WorkerLine {
        let pipes = try ChildPipes()
        defer { pipes.closeFarEnds() }
        let process: ChildProcess
        do {
            process = try ChildProcess.start(
                [configuration.program, ThumbnailWorker.subcommand] + configuration.budget.arguments,
                environment: environment(configuration),
                pipes: pipes
            )
        } catch {
            pipes.closeNearEnds()
            throw error
        }
        return try await connect(process, pipes, logger)
    }

    private static func connect(
        _ process: ChildProcess,
        _ pipes: ChildPipes,
        _ logger: Logger
    ) async throws -> WorkerLine {
        let group = MultiThreadedEventLoopGroup.singleton
        let words = try await NIOPipeBootstrap(group: group)
            .takingOwnershipOfDescriptor(input: pipes.errors.near) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(WorkerWords(logger))
                    return channel
                }
            }
        let (channel, inbox) = try await NIOPipeBootstrap(group: group)
            .channelOption(.autoRead, value: false)
            .takingOwnershipOfDescriptors(input: pipes.output.near, output: pipes.input.near) { channel in
                channel.eventLoop.makeCompletedFuture {
                    let inbox = WorkerInbox()
                    try channel.pipeline.syncOperations.addHandler(inbox)
                    return (channel, NIOLoopBound(inbox, eventLoop: channel.eventLoop))
                }
            }
        return WorkerLine(process: process, channel: channel, inbox: inbox, words: words)
    }

    /// The worker's variables, and what keeps it small and quiet.
    private static func environment(_ configuration: WorkerConfiguration) -> [String] {
        configuration.variables.map { "\($0.key)=\($0.value)" }
            + ["LC_ALL=C", "MALLOC_ARENA_MAX=2", "SWIFT_BACKTRACE=enable=no"]
    }

    /// Whether the pipes are open, as far as is known.
    var isOpen: Bool { channel.isActive }

    func ask(_ request: WorkerRequest) async throws {
        let inbox = inbox
        try await channel.eventLoop.submit { try inbox.value.ask(request) }.get()
        let payload = request.payload
        var message = channel.allocator.buffer(capacity: FrameHead.byteCount + payload.count)
        message.writeBytes(FrameHead(.request, payloadByteCount: payload.count).bytes)
        message.writeBytes(payload)
        try await send(message)
    }

    func write(_ piece: ByteBuffer) async throws {
        var rest = piece
        while let part = rest.readSlice(length: min(rest.readableBytes, FrameHead.pieceByteCount)),
            part.readableBytes > 0
        {
            var message = channel.allocator.buffer(capacity: FrameHead.byteCount + part.readableBytes)
            message.writeBytes(FrameHead(.bytes, payloadByteCount: part.readableBytes).bytes)
            message.writeImmutableBuffer(part)
            try await send(message)
        }
    }

    private func send(_ message: ByteBuffer) async throws {
        do {
            try await channel.writeAndFlush(message).get()
        } catch {
            throw WorkerLoss.ended
        }
    }

    func next(within limit: TimeAmount) async throws -> WorkerMessage {
        let promise = channel.eventLoop.makePromise(of: WorkerMessage.self)
        channel.eventLoop.execute { [inbox] in inbox.value.next(promise, within: limit) }
        return try await promise.futureResult.get()
    }

    /// Waits until the process has ended, and closes the pipes.
    func close() async -> ChildProcess.Ending {
        let ending = await process.waitForEnd()
        channel.close(promise: nil)
        words.close(promise: nil)
        return ending
    }
}
