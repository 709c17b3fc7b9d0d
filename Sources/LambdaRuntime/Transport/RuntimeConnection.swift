import NIOCore
import NIOHTTP1
import Synchronization

/// A keep-alive connection to the Runtime API, for one request at a time.
///
/// On a bare socket: event loops and their pipelines would take longer to set up than all else before the first event.
/// Mutable state: the exchange under way.
final class RuntimeConnection: Sendable {
    private static let connectLimit = Duration.seconds(2)

    private let socket: RuntimeSocket
    private let endpoint: RuntimeEndpoint
    private let bodyLimit: Int
    private let state = Mutex(State())

    private struct State {
        /// How many requests were begun.
        var count = 0
        var exchange: RuntimeExchange?
    }

    private init(_ socket: RuntimeSocket, _ endpoint: RuntimeEndpoint, bodyLimit: Int) {
        self.socket = socket
        self.endpoint = endpoint
        self.bodyLimit = bodyLimit
    }

    /// Connects.
    ///
    /// - Parameters:
    ///   - endpoint: Where the Runtime API listens.
    ///   - bodyLimit: The most bytes of an answer.
    ///   - waiting: How the time until then is spent.
    /// - Returns: The connection.
    /// - Throws: when nobody listens there, or does not answer in two seconds.
    static func connect(
        to endpoint: RuntimeEndpoint,
        bodyLimit: Int,
        _ waiting: RuntimeSocket.Waiting = .suspended
    ) async throws(RuntimeSocket.NotConnected) -> RuntimeConnection {
        let socket = try await RuntimeSocket.connect(to: endpoint, within: connectLimit, waiting)
        return RuntimeConnection(socket, endpoint, bodyLimit: bodyLimit)
    }

    /// Ends the connection; who waits for an answer is told.
    func close() {
        socket.hangUp()
    }

    /// Moves what can be moved now.
    private func advance() -> (isSent: Bool, result: Result<RuntimeReply, BrokenExchange>?) {
        state.withLock { state in
            guard var exchange = state.exchange else { return (true, .failure(BrokenExchange(reason: .hungUp))) }
            state.exchange = nil  // So that its bytes have one owner only, and are not copied.
            exchange.advance(socket)
            state.exchange = exchange
            return (exchange.isSent, exchange.result)
        }
    }
}

// MARK: Requests

extension RuntimeConnection {
    /// Whether a request was begun whose answer nobody has had.
    var isBusy: Bool { state.withLock { $0.exchange != nil } }

    /// Begins to send a request; of a streamed one only its head, for its pieces follow.
    ///
    /// Comes back at once: what the system does not take now is sent while the answer is waited for.
    /// - Returns: The request's number, for the pieces.
    @discardableResult
    func begin(_ request: RuntimeRequest) -> Int {
        let exchange = RuntimeExchange(request, to: endpoint, bodyLimit: bodyLimit)
        let number = state.withLock { state in
            state.exchange = exchange
            state.count += 1
            return state.count
        }
        _ = advance()
        return number
    }

    /// Sends a piece of a streamed body, and comes back when the system took it.
    ///
    /// - Parameters:
    ///   - piece: The bytes.
    ///   - number: Which request they belong to.
    /// - Throws: ``BrokenExchange`` when the line broke, the stream was ended, or its answer came before its end;
    ///   `CancellationError`.
    func write(_ piece: ByteBuffer, of number: Int) async throws {
        let isTaken = state.withLock { state in
            state.count == number && state.exchange?.append(piece) == true
        }
        guard isTaken else { throw BrokenExchange(reason: .hungUp) }
        while !advance().isSent {
            try Task.checkCancellation()
            await socket.wait(toSend: true, .cancellable)
        }
    }

    /// Ends a streamed body, and comes back when the system took all of it, or never will.
    func end(_ number: Int, _ trailers: HTTPHeaders?) async {
        state.withLock { state in
            if state.count == number { state.exchange?.end(trailers) }
        }
        while !advance().isSent { await socket.wait(toSend: true, .suspended) }
    }
}

// MARK: Answers

extension RuntimeConnection {
    /// Waits for the answer to the request that was begun.
    ///
    /// - Parameters:
    ///   - limit: How long it may take; nil for as long as it likes.
    ///   - waiting: How that is spent.
    /// - Returns: The answer, when it is there as a whole.
    func reply(
        within limit: Duration? = nil,
        _ waiting: RuntimeSocket.Waiting = .suspended
    ) async -> Result<RuntimeReply, BrokenExchange> {
        let end = limit.map { ContinuousClock.now + $0 }
        while true {
            let (isSent, result) = advance()
            if let result { return finish(result) }
            if waiting == .cancellable, Task.isCancelled { return finish(.failure(BrokenExchange(reason: .calledOff))) }
            if let end, end <= .now { return finish(.failure(BrokenExchange(reason: .tooSlow))) }
            await socket.wait(toSend: !isSent, until: end, waiting)
        }
    }

    private func finish(_ result: Result<RuntimeReply, BrokenExchange>) -> Result<RuntimeReply, BrokenExchange> {
        let exchange = state.withLock { state in
            defer { state.exchange = nil }
            return state.exchange
        }
        guard case .success(var reply) = result, let exchange else {
            close()
            return result
        }
        reply.keepsAlive = reply.keepsAlive && exchange.isInStep
        if !reply.keepsAlive { close() }
        return .success(reply)
    }
}
