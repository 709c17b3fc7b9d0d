import Logging
import NIOCore

/// Does what a ``RuntimeMachine`` says: connects, sends, and calls the handler; one invocation at a time.
struct RuntimeWorker {
    /// How the runtime works.
    let configuration: LambdaRuntimeConfiguration
    /// Writes what the worker itself has to say.
    let logger: Logger
    /// Answers events.
    let handler: LambdaRuntime.Handler
    /// Which of the process's workers this is, from 0.
    let index: Int

    private var machine: RuntimeMachine
    private var connection: RuntimeConnection?
    /// A connection that was made before, until it is used; an event may have been asked for on it.
    private var idle: RuntimeConnection?

    /// A worker that has not begun.
    init(
        _ runtime: LambdaRuntime,
        index: Int,
        handler: @escaping LambdaRuntime.Handler,
        connection: RuntimeConnection? = nil
    ) {
        self.index = index
        idle = connection
        configuration = runtime.configuration
        logger = runtime.logger
        self.handler = handler
        machine = RuntimeMachine(runtime.configuration)
    }

    /// Works until the task is cancelled.
    ///
    /// - Throws: when the Runtime API says, or lets see, that a runtime must not go on.
    mutating func run() async throws(LambdaRuntimeError) {
        defer { end() }
        var action = machine.receive(.started)
        while true {
            note()
            if case .finish(let error) = action { throw error }
            if Task.isCancelled, action.endsWhenCancelled { return }
            action = await perform(action)
        }
    }

    private func end() {
        connection?.close()
        idle?.close()
        if configuration.reportsCrashes { CrashReports.rests(worker: index) }
    }

    private mutating func note() {
        for note in machine.takeNotes() {
            // When waiting is called off, that the wait broke is no news.
            if Task.isCancelled, case .fault = note { continue }
            note.write(to: logger)
        }
    }

    private mutating func perform(_ action: RuntimeMachine.Action) async -> RuntimeMachine.Action {
        switch action {
        case .connect(let pause): return machine.receive(await connect(after: pause))
        case .send(let request): return machine.receive(await send(request))
        case .stream(let request, let answer, let head):
            return machine.receive(await stream(request, answer, head))
        case .handle(let head, let event): return await handle(head, event)
        case .join: return machine.receive(.joined)
        case .finish: return action
        }
    }

    private mutating func connect(after pause: Duration) async -> RuntimeMachine.Event {
        connection?.close()
        if let idle {
            (connection, self.idle) = (idle, nil)
            return .connected
        }
        if pause > .zero { try? await Task.sleep(for: pause) }
        do {
            connection = try await .connect(to: configuration.endpoint, bodyLimit: configuration.eventLimit)
            return .connected
        } catch {
            return .notConnected(reason: String(describing: error))
        }
    }

    /// Waiting for an event ends when the task is cancelled; telling what came of one does not.
    private func send(_ request: RuntimeRequest) async -> RuntimeMachine.Event {
        guard let connection else { return .notConnected(reason: "there is no connection") }
        let waits = request == .next
        if waits, configuration.reportsCrashes { CrashReports.polls(worker: index) }
        if !connection.isBusy { connection.begin(request) }
        return RuntimeMachine.Event(await connection.reply(waits ? .cancellable : .suspended))
    }
}

// MARK: Invocations

extension RuntimeWorker {
    private mutating func handle(_ head: InvocationHead, _ event: ByteBuffer) async -> RuntimeMachine.Action {
        let invocation = Invocation(head, logger: logger)
        if configuration.concurrency == 1 { TraceEnvironment.set(invocation.traceID) }
        if configuration.reportsCrashes { CrashReports.handles(head.requestID, worker: index) }
        let limits = TimeLimits(remaining: invocation.remainingTime, lead: configuration.leadTime)
        let handler = handler
        var overran: RuntimeMachine.Action?
        let outcome = await TimeLimits.run(limits) {
            await Self.outcome(of: handler, event, invocation)
        } overrun: {
            overran = await answerWithoutHandler()
        }
        if let overran { return overran.isJoin ? machine.receive(.joined) : overran }
        return machine.receive(.handled(outcome ?? .failure(.outOfTime)))
    }

    /// Tells the caller that the time is up, while the handler still runs.
    private mutating func answerWithoutHandler() async -> RuntimeMachine.Action {
        var action = machine.receive(.overran)
        while true {
            note()
            switch action {
            case .join, .finish: return action
            default: action = await perform(action)
            }
        }
    }

    private static func outcome(
        of handler: LambdaRuntime.Handler,
        _ event: ByteBuffer,
        _ invocation: Invocation
    ) async -> HandlerOutcome {
        CrashReports.coverThread()
        do {
            return .answer(try await handler(event, invocation))
        } catch {
            return .failure(
                Task.isCancelled && error is CancellationError ? .calledOff(invocation) : ErrorReport(error)
            )
        }
    }

    private func stream(
        _ request: RuntimeRequest,
        _ answer: StreamedAnswer,
        _ head: InvocationHead
    ) async -> RuntimeMachine.Event {
        guard let connection else { return .notConnected(reason: "there is no connection") }
        let invocation = Invocation(head, logger: logger)
        let limits = TimeLimits(remaining: invocation.remainingTime, lead: configuration.leadTime)
        let number = connection.begin(request)
        let failure = await TimeLimits.run(limits) {
            await Self.write(answer, to: connection, number, invocation)
        } overrun: {
            await connection.end(number, StreamTrailer.fields(.outOfTime))
        }
        if case .some(.some(let report)) = failure {
            RuntimeNote.failed(head, report).write(to: logger)
            await connection.end(number, StreamTrailer.fields(report))
        } else {
            await connection.end(number, nil)
        }
        return RuntimeMachine.Event(await connection.reply())
    }

    /// What went wrong, if anything.
    private static func write(
        _ answer: StreamedAnswer,
        to connection: RuntimeConnection,
        _ number: Int,
        _ invocation: Invocation
    ) async -> ErrorReport? {
        CrashReports.coverThread()
        do {
            if let head = answer.head { try await connection.write(head.prelude, of: number) }
            try await answer.body(AnswerWriter { try await connection.write($0, of: number) })
            return nil
        } catch {
            return Task.isCancelled && error is CancellationError ? .calledOff(invocation) : ErrorReport(error)
        }
    }
}

extension ErrorReport {
    /// Why a handler was cancelled: it was the time when little of it is left, else the process is being stopped.
    fileprivate static func calledOff(_ invocation: Invocation) -> ErrorReport {
        guard let remaining = invocation.remainingTime, remaining < .seconds(1) else { return .shuttingDown }
        return .outOfTime
    }
}

extension RuntimeMachine.Event {
    fileprivate init(_ result: Result<RuntimeReply, BrokenExchange>) {
        switch result {
        case .success(let reply): self = .answered(reply)
        case .failure(let exchange): self = .broken(exchange)
        }
    }
}

extension RuntimeMachine.Action {
    /// Whether nobody waits for what it would lead to.
    fileprivate var endsWhenCancelled: Bool {
        switch self {
        case .connect, .finish: true
        case .send(let request): request == .next
        case .stream, .handle, .join: false
        }
    }

    fileprivate var isJoin: Bool {
        if case .join = self { true } else { false }
    }
}
