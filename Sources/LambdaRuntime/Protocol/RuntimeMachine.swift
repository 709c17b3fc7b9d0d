import NIOCore

/// One worker's talk with the Runtime API, as a machine without input or output: what happened goes in, what to do
/// comes out.
///
/// A worker is *polling* for an event, *handling* it, or *posting* what came of it. It may have to connect before it
/// can poll or post. An invocation ends, for the platform, when the worker polls again.
struct RuntimeMachine: Sendable {
    /// What happened.
    enum Event: Sendable {
        /// The worker begins.
        case started
        /// There is a connection.
        case connected
        /// There is none.
        case notConnected(reason: String)
        /// The Runtime API answered.
        case answered(RuntimeReply)
        /// The connection ended before the answer did, or what came is no answer.
        case broken(BrokenExchange)
        /// The handler is done.
        case handled(HandlerOutcome)
        /// The time is up, the handler was cancelled, and it has not come back.
        case overran
        /// The handler that overran has come back.
        case joined
    }

    /// What is to be done; each action leads to one event.
    enum Action: Sendable {
        /// Connect, after a pause. → `connected` or `notConnected`
        case connect(after: Duration)
        /// Send a request and read its answer. → `answered` or `broken`
        case send(RuntimeRequest)
        /// Send a head, then what the answer's body writes, and read the answer. → `answered` or `broken`
        case stream(RuntimeRequest, StreamedAnswer, InvocationHead)
        /// Call the handler. → `handled` or `overran`
        case handle(InvocationHead, ByteBuffer)
        /// Wait for the handler that overran. → `joined`
        case join
        /// Stop. The end.
        case finish(LambdaRuntimeError)
    }

    /// What the worker is about.
    enum Work: Sendable {
        /// Asking for an event.
        case polling
        /// Waiting for the handler.
        case handling(InvocationHead)
        /// Telling what came of an invocation.
        case posting(Posting)
        /// Waiting for a handler that overran.
        case joining
    }

    /// What came of an invocation, on its way.
    struct Posting: Sendable {
        /// The request; without a body when `stream` is there.
        var request: RuntimeRequest
        /// The answer that is streamed.
        var stream: StreamedAnswer?
        /// Whose it is.
        let head: InvocationHead
        /// Whether the handler still runs.
        var handlerRuns = false
        /// Whether it was sent before, on a connection that broke.
        var isRepeated = false
    }

    /// How often in a row the Runtime API may be out of reach or talk nonsense.
    static let mostFaults = 5
    private static let firstPause = Duration.milliseconds(100)

    /// The largest answer that is sent whole.
    let answerLimit: Int
    /// On a managed instance one worker's refusal is no reason for the process to end.
    let isManagedInstance: Bool

    private(set) var work = Work.polling
    private var isConnected = false
    private var faults = 0
    private var notes: [RuntimeNote] = []

    /// A machine that has not begun.
    init(_ configuration: LambdaRuntimeConfiguration) {
        answerLimit = configuration.answerLimit
        isManagedInstance = configuration.isManagedInstance
    }

    /// What should be written to the log since the last call.
    mutating func takeNotes() -> [RuntimeNote] {
        defer { notes = [] }
        return notes
    }

    /// Takes in what happened.
    mutating func receive(_ event: Event) -> Action {
        switch event {
        case .started: return proceed()
        case .connected:
            isConnected = true
            return proceed()
        case .notConnected(let reason): return again(after: reason)
        case .answered(let reply): return receive(reply)
        case .broken(let exchange): return receive(exchange)
        case .handled(let outcome): return post(outcome)
        case .overran: return overrun()
        case .joined: return poll()
        }
    }
}

// MARK: What is next

extension RuntimeMachine {
    /// Does the present work; connects first when it must.
    private mutating func proceed() -> Action {
        switch work {
        case .handling, .joining: return .join
        case .polling: return isConnected ? .send(.next) : .connect(after: pause)
        case .posting(let posting):
            guard isConnected else { return .connect(after: pause) }
            guard let stream = posting.stream else { return .send(posting.request) }
            return .stream(posting.request, stream, posting.head)
        }
    }

    private mutating func poll() -> Action {
        work = .polling
        return proceed()
    }

    private mutating func post(_ posting: Posting) -> Action {
        work = .posting(posting)
        return proceed()
    }

    /// No pause before the first try: a connection that was closed between two requests is nothing unusual.
    private var pause: Duration {
        faults < 2 ? .zero : Self.firstPause * (1 << (faults - 2))
    }

    private mutating func again(after reason: String) -> Action {
        isConnected = false
        faults += 1
        guard faults < Self.mostFaults else { return .finish(.unreachable(reason: reason)) }
        notes.append(.fault(reason))
        return proceed()
    }
}

// MARK: Answers

extension RuntimeMachine {
    private mutating func receive(_ reply: RuntimeReply) -> Action {
        isConnected = reply.keepsAlive
        switch work {
        case .polling: return polled(reply)
        case .posting(let posting): return posted(posting, reply)
        case .handling, .joining: return .join
        }
    }

    private mutating func polled(_ reply: RuntimeReply) -> Action {
        guard reply.status == 200 else {
            let mayPass = isManagedInstance && (reply.status == 429 || reply.status >= 500)
            if mayPass { return again(after: "it answered next with \(reply.status)") }
            return .finish(.refused(operation: "next", status: reply.status))
        }
        guard let head = InvocationHead(reply.headers) else {
            return again(after: "an event came without a request id")
        }
        faults = 0
        work = .handling(head)
        return .handle(head, reply.body)
    }

    private mutating func posted(_ posting: Posting, _ reply: RuntimeReply) -> Action {
        faults = 0
        switch reply.status {
        case 200..<300: break
        case 413: notes.append(.tooLargeForPlatform(posting.head))
        // The first try did arrive.
        case 400..<500 where posting.isRepeated: break
        case 500... where !isManagedInstance:
            return .finish(.refused(operation: posting.request.name, status: reply.status))
        default: notes.append(.refused(posting.head, operation: posting.request.name, status: reply.status))
        }
        return afterPosting(posting)
    }

    private mutating func afterPosting(_ posting: Posting) -> Action {
        guard posting.handlerRuns else { return poll() }
        work = .joining
        return .join
    }

    private mutating func receive(_ exchange: BrokenExchange) -> Action {
        isConnected = false
        switch work {
        case .polling:
            if let head = exchange.head.flatMap({ $0.status == 200 ? InvocationHead($0.headers) : nil }) {
                return refuseEvent(of: head, exchange)
            }
            return again(after: exchange.description)
        case .posting(var posting):
            guard posting.stream == nil, !posting.isRepeated else {
                notes.append(.lost(posting.head, reason: exchange.description))
                return afterPosting(posting)
            }
            posting.isRepeated = true
            return post(posting)
        case .handling, .joining: return .join
        }
    }

    /// The event did not arrive as a whole, but whose it is we know: its caller need not wait for nothing.
    private mutating func refuseEvent(of head: InvocationHead, _ exchange: BrokenExchange) -> Action {
        let report =
            if case .tooLarge(let limit) = exchange.reason {
                ErrorReport(.runtime, "EventTooLarge", "the event is larger than \(limit) bytes")
            } else {
                ErrorReport(.runtime, "TruncatedEvent", "the event was cut off on its way: \(exchange)")
            }
        notes.append(.failed(head, report))
        return post(Posting(request: .failure(report, of: head), head: head))
    }
}

// MARK: Outcomes

extension RuntimeMachine {
    private mutating func post(_ outcome: HandlerOutcome) -> Action {
        guard case .handling(let head) = work else { return .join }
        switch outcome {
        case .answer(.whole(let body)) where body.readableBytes > answerLimit:
            return fail(head, .tooLarge(byteCount: body.readableBytes, limit: answerLimit))
        case .answer(.whole(let body)):
            return post(Posting(request: .answer(body, to: head), head: head))
        case .answer(.stream(let stream)):
            let request = RuntimeRequest.stream(to: head, isHTTP: stream.head != nil)
            return post(Posting(request: request, stream: stream, head: head))
        case .failure(let report):
            return fail(head, report)
        }
    }

    private mutating func overrun() -> Action {
        guard case .handling(let head) = work else { return .join }
        return fail(head, .outOfTime, handlerRuns: true)
    }

    private mutating func fail(_ head: InvocationHead, _ report: ErrorReport, handlerRuns: Bool = false) -> Action {
        notes.append(.failed(head, report))
        return post(Posting(request: .failure(report, of: head), head: head, handlerRuns: handlerRuns))
    }
}
