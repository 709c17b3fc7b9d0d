import HTTPTypes
package import Hummingbird
package import LambdaRuntime
import Logging
package import NIOCore

/// Answers events of API Gateway (payload 1.0 and 2.0), function URLs and load balancers by a Hummingbird responder.
///
/// What a server does around a router is done here: the request's id in the log, the field `date`, an answer whatever
/// was thrown. An event that nothing which speaks HTTP can have sent is thrown back as ``InvalidEvent``.
package struct LambdaWebHandler<Responder: HTTPResponder>: Sendable
where Responder.Context: InitializableFromSource<LambdaRequestContextSource> {
    private let responder: Responder
    private let configuration: LambdaWebConfiguration

    /// Answers by a responder: `router.buildResponder()` of a `Router(context: LambdaRequestContext.self)`.
    package init(responder: Responder, configuration: LambdaWebConfiguration = LambdaWebConfiguration()) {
        self.responder = responder
        self.configuration = configuration
    }

    /// Answers one event.
    ///
    /// - Parameters:
    ///   - event: JSON.
    ///   - invocation: What the runtime knows of it.
    /// - Returns: What the front expects.
    /// - Throws: `InvalidEvent` for what is no HTTP request; `CancellationError` when the time is up.
    package func answer(_ event: ByteBuffer, _ invocation: Invocation) async throws -> InvocationAnswer {
        let webEvent: WebEvent
        do {
            webEvent = try WebEvent(parsing: event)
        } catch {
            throw InvalidEvent(Self.words(for: error, byteCount: event.readableBytes))
        }
        let exchange = Exchange(kind: webEvent.kind, isHead: (try? webEvent.method()) == .head, invocation: invocation)
        let request: Request
        let source: LambdaRequestContextSource
        do {
            let byteCount = event.readableBytes
            guard byteCount <= WebEvent.byteLimit else {
                throw EventFault.tooLarge(byteCount: byteCount, limit: WebEvent.byteLimit)
            }
            let address = try webEvent.clientAddress()
            source = LambdaRequestContextSource(invocation: invocation, kind: webEvent.kind, clientAddress: address)
            request = try Request(webEvent)
        } catch let fault as EventFault {
            invocation.logger.warning("a request was refused at the door", metadata: ["fault": "\(fault)"])
            return exchange.answer(AnswerProblem(fault, presignedRoute: configuration.presignedRoute))
        }
        return try await answer(request, Responder.Context(source: source), exchange)
    }

    /// Who asks, and how the answer must look.
    private struct Exchange {
        let kind: EventKind
        let isHead: Bool
        let invocation: Invocation

        /// A refusal as an answer; it always fits.
        func answer(_ problem: AnswerProblem) -> InvocationAnswer {
            var response = problem.response
            response.headers[.date] = WallTime.now().messageDate
            let body = isHead ? ByteBuffer() : problem.body
            let whole = WholeAnswer(response, body: body, kind: kind, keepsLength: isHead)
            return .whole(whole?.document ?? ByteBuffer())
        }
    }

    private func answer(
        _ request: Request,
        _ context: Responder.Context,
        _ exchange: Exchange
    ) async throws -> InvocationAnswer {
        do {
            var response = try await responder.respond(to: request, context: context)
            response.headers[.date] = WallTime.now().messageDate
            if configuration.streamsAnswers { return Self.stream(response, exchange) }
            if let whole = try await Self.whole(response, exchange) { return .whole(whole.document) }
            exchange.invocation.logger.warning(
                "an answer does not fit through the gateway",
                metadata: ["limit": "\(exchange.kind.answerLimit)"]
            )
            return try await somewhereElse(request, exchange)
        } catch let error as CancellationError {
            throw error
        } catch {
            exchange.invocation.logger.error("request failed", metadata: ["error": "\(error)"])
            return exchange.answer(.internalError(exchange.invocation.requestID))
        }
    }

    /// The answer in one piece; nil when it is too large for that.
    private static func whole(_ response: Response, _ exchange: Exchange) async throws -> WholeAnswer? {
        guard !exchange.isHead else {
            let keepsLength = keepsLength(response, exchange)
            return WholeAnswer(response, body: ByteBuffer(), kind: exchange.kind, keepsLength: keepsLength)
        }
        let limit = exchange.kind.answerLimit
        guard response.body.contentLength ?? 0 <= limit else { return nil }
        let collected = CollectedBody(limit: limit)
        do {
            try await response.body.write(collected)
        } catch is BodyTooLarge {
            return nil
        }
        return WholeAnswer(response, body: collected.bytes, kind: exchange.kind)
    }

    /// HEAD tells the length that GET would have, but not where GET would have no body either (RFC 9110 §8.6).
    private static func keepsLength(_ response: Response, _ exchange: Exchange) -> Bool {
        exchange.isHead && response.status != .notModified && response.status != .noContent
    }

    /// The answer as it is made.
    private static func stream(_ response: Response, _ exchange: Exchange) -> InvocationAnswer {
        let head = AnswerHead(response, kind: exchange.kind, keepsLength: keepsLength(response, exchange)).streamHead
        let isHead = exchange.isHead
        return .stream(
            StreamedAnswer(head: head) { writer in
                guard !isHead else { return }
                try await response.body.write(StreamedBody { try await writer.write($0) })
            }
        )
    }

    /// Where to find what does not fit, or that it does not.
    private func somewhereElse(_ request: Request, _ exchange: Exchange) async throws -> InvocationAnswer {
        guard request.method == .get, let address = try await configuration.elsewhere(request) else {
            return exchange.answer(.answerTooLarge(limit: exchange.kind.answerLimit))
        }
        let date = WallTime.now().messageDate
        let response = Response(
            status: .seeOther,
            headers: [.location: address, .cacheControl: "no-store", .date: date]
        )
        let whole = WholeAnswer(response, body: ByteBuffer(), kind: exchange.kind)
        return .whole(whole?.document ?? ByteBuffer())
    }

    private static func words(for fault: EventFault, byteCount: Int) -> String {
        switch fault {
        case .notJSON(.cutOff) where byteCount >= WebEvent.byteLimit:
            "it was cut off at \(byteCount) bytes; \(WebEvent.byteLimit) is the most that Lambda hands over"
        case .notJSON(let error): error.description
        case .notHTTP(let name?): "it looks like \(name), and this function answers HTTP requests"
        default: "it is no HTTP request of an API Gateway, a function URL or a load balancer"
        }
    }
}
