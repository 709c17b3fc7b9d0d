package import Logging
package import NIOCore
import UnixSignals

/// The runtime of a Lambda function (`provided.al2023`): asks for events, hands them to a handler, sends its answers.
///
/// What a handler throws is told to the caller by type and message. A handler is cancelled shortly before its time is
/// up. SIGTERM, which Lambda sends before it ends the process, cancels the handler and ends ``run(_:)``, so that the
/// program can put its things in order within half a second.
package struct LambdaRuntime: Sendable {
    /// Answers an event.
    package typealias Handler =
        @Sendable (_ event: ByteBuffer, _ invocation: Invocation) async throws -> InvocationAnswer

    /// How the runtime works.
    let configuration: LambdaRuntimeConfiguration
    /// Writes what the runtime has to say; invocations get it with their request id.
    let logger: Logger

    /// A runtime that has not begun.
    ///
    /// It should be made before all else, since from then on crashes are reported.
    ///
    /// - Parameters:
    ///   - configuration: How it works.
    ///   - logger: Writes what the runtime has to say.
    package init(configuration: LambdaRuntimeConfiguration, logger: Logger) {
        self.configuration = configuration
        self.logger = logger
        if configuration.reportsCrashes { CrashReports.install(configuration.endpoint) }
    }

    /// Answers events until SIGTERM comes or the task is cancelled.
    ///
    /// - Throws: when the Runtime API is not there or refuses to go on; the program must then exit with an error.
    package func run(_ handler: @escaping Handler) async throws(LambdaRuntimeError) {
        try await serve(handler, .finish(self, on: await RuntimeOpening.begin(self)))
    }

    /// Answers events by a handler that is put together while the Runtime API registers the process.
    ///
    /// Up to the first event's being asked for, all happens in the caller's own thread: more of them would cost more
    /// than they could save.
    ///
    /// - Parameter prepare: Makes the handler; no event is asked for before.
    /// - Throws: what `prepare` throws, which can still be told by
    ///   ``reportInitializationFailure(_:environment:logger:)``; after that ``LambdaRuntimeError`` as ``run(_:)``.
    package func run(preparing prepare: () async throws -> Handler) async throws {
        let connection = await RuntimeOpening.begin(self)
        let handler: Handler
        do {
            handler = try await prepare()
        } catch {
            connection?.close()
            throw error
        }
        try await serve(handler, .finish(self, on: connection))
    }

    private func serve(_ handler: @escaping Handler, _ opening: RuntimeOpening) async throws(LambdaRuntimeError) {
        // Held back until now (ShutdownSignal), and before the extension says that it is ready.
        let signals = await UnixSignalsSequence(trapping: .sigterm)
        let failure = await withTaskGroup(of: Ending.self) { group in
            group.addTask {
                await ShutdownSignal.wait(signals)
                return .stopped
            }
            group.addTask { await work(handler, opening.connection) }
            group.addTask {
                await opening.shutdown?.stay()
                return .nothing
            }
            var failure: LambdaRuntimeError?
            while let ending = await group.next() {
                if case .failed(let error) = ending { failure = failure ?? error }
                if ending != .nothing { group.cancelAll() }
            }
            return failure
        }
        if let failure { throw failure }
    }

    private enum Ending: Equatable {
        case nothing, stopped
        case failed(LambdaRuntimeError)
    }

    /// As many workers as invocations may run at once, each with a connection of its own; the first has one already.
    private func work(_ handler: @escaping Handler, _ connection: RuntimeConnection?) async -> Ending {
        await withTaskGroup(of: Ending.self) { group in
            for index in 0..<configuration.concurrency {
                group.addTask { await workAlone(index, handler, index == 0 ? connection : nil) }
            }
            var ending = Ending.stopped
            while let one = await group.next() {
                if case .failed = one { ending = one }
                group.cancelAll()
            }
            return ending
        }
    }

    private func workAlone(
        _ index: Int,
        _ handler: @escaping Handler,
        _ connection: RuntimeConnection?
    ) async -> Ending {
        var worker = RuntimeWorker(self, index: index, handler: handler, connection: connection)
        do {
            try await worker.run()
            return .stopped
        } catch {
            return .failed(error)
        }
    }
}
