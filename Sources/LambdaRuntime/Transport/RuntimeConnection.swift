import NIOCore
import NIOHTTP1
import Synchronization

/// A keep-alive connection to the Runtime API, for one request at a time.
///
/// On a bare socket: event loops and their pipelines would take longer to set up than all else before the first event.
/// Mutable state: the exchange under way.
final class RuntimeConnection: Sendable {
    private static let connectSeconds = 2
    private static let pieceSize = 65_536

    private let socket: RuntimeSocket
    private let endpoint: RuntimeEndpoint
    private let bodyLimit: Int
    private let exchange = Mutex<Exchange?>(nil)

    /// A request under way.
    private struct Exchange: Sendable {
        /// What is still to be sent.
        var outbound: ByteBuffer
        /// Whether nothing will be added to that.
        var isComplete: Bool
        /// Whether the line takes nothing more.
        var isBroken = false
        /// What came and was not read yet.
        var inbound = ByteBuffer()
        /// Whether something came at all.
        var hasInbound = false
        var reader: ReplyReader

        /// Whether all that there is to send was sent, or never will be.
        var hasSent: Bool { outbound.readableBytes == 0 || isBroken }
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
    /// - Returns: The connection.
    /// - Throws: when nobody listens there, or does not answer in two seconds.
    static func connect(
        to endpoint: RuntimeEndpoint,
        bodyLimit: Int
    ) throws(RuntimeSocket.NotConnected) -> RuntimeConnection {
        let socket = try RuntimeSocket.connect(to: endpoint, within: connectSeconds)
        return RuntimeConnection(socket, endpoint, bodyLimit: bodyLimit)
    }

    /// Ends the connection; who waits for an answer is told.
    func close() {
        socket.hangUp()
    }
}

// MARK: Requests

extension RuntimeConnection {
    /// Whether a request was begun whose answer nobody has had.
    var isBusy: Bool { exchange.withLock { $0 != nil } }

    /// Begins to send a request; of a streamed one only its head, for its pieces follow.
    ///
    /// Comes back at once: what the system does not take now is sent while the answer is waited for.
    func begin(_ request: RuntimeRequest) {
        let reader = ReplyReader(bodyLimit: bodyLimit)
        let bytes = request.bytes(to: endpoint)
        exchange.withLock { $0 = Exchange(outbound: bytes, isComplete: !request.isStream, reader: reader) }
        send()
    }

    /// Sends a piece of a streamed body, and comes back when the system took it.
    ///
    /// - Throws: ``BrokenExchange`` when the line broke, the stream was ended, or its answer came before its end;
    ///   `CancellationError`.
    func write(_ piece: ByteBuffer) async throws {
        receive()
        try exchange.withLock { exchange throws(BrokenExchange) in
            guard exchange?.isComplete == false, exchange?.isBroken == false, exchange?.hasInbound == false else {
                throw BrokenExchange(reason: .hungUp)
            }
            exchange?.outbound.writeChunk(piece)
        }
        while !send() {
            try Task.checkCancellation()
            await socket.wait(toSend: true, heedsCancellation: true)
            receive()
        }
    }

    /// Ends a streamed body.
    func end(_ trailers: HTTPHeaders?) {
        exchange.withLock { exchange in
            guard exchange?.isComplete == false, exchange?.hasInbound == false else { return }
            exchange?.outbound.writeLastChunk(trailers)
            exchange?.isComplete = true
        }
        send()
    }

    /// Sends what the system takes; true when there is nothing to wait for.
    @discardableResult
    private func send() -> Bool {
        exchange.withLock { exchange in
            while let outbound = exchange?.outbound, exchange?.hasSent == false {
                switch socket.send(outbound) {
                case .moved(let count): exchange?.outbound.moveReaderIndex(forwardBy: count)
                case .wouldBlock: return exchange?.hasInbound == true
                case .broken: exchange?.isBroken = true
                }
            }
            return true
        }
    }
}

// MARK: Answers

extension RuntimeConnection {
    /// Waits for the answer to the request that was begun.
    ///
    /// - Parameters:
    ///   - limit: How long it may take; nil for as long as it likes.
    ///   - heedsCancellation: Whether cancelling the task ends the wait.
    /// - Returns: The answer, when it is there as a whole.
    func reply(
        within limit: Duration? = nil,
        heedsCancellation: Bool = false
    ) async -> Result<RuntimeReply, BrokenExchange> {
        let end = limit.map { ContinuousClock.now + $0 }
        while true {
            let isSent = send()
            if let result = read() { return finish(result) }
            if heedsCancellation, Task.isCancelled { return finish(.failure(BrokenExchange(reason: .calledOff))) }
            let rest = end.map { $0 - ContinuousClock.now }
            if let rest, rest <= .zero { return finish(.failure(BrokenExchange(reason: .tooSlow))) }
            await socket.wait(toSend: !isSent, within: rest, heedsCancellation: heedsCancellation)
        }
    }

    private func finish(_ result: Result<RuntimeReply, BrokenExchange>) -> Result<RuntimeReply, BrokenExchange> {
        let exchange = exchange.withLock { exchange in
            defer { exchange = nil }
            return exchange
        }
        guard case .success(var reply) = result, let exchange else {
            close()
            return result
        }
        // An answer before the end of the request, or more than the answer: what follows would have no place.
        let isInStep =
            exchange.isComplete && exchange.outbound.readableBytes == 0 && exchange.inbound.readableBytes == 0
        reply.keepsAlive = reply.keepsAlive && isInStep
        if !reply.keepsAlive { close() }
        return .success(reply)
    }

    /// Takes in what has come; nil when that is no whole answer yet.
    private func read() -> Result<RuntimeReply, BrokenExchange>? {
        exchange.withLock { exchange in
            guard var present = exchange else { return .failure(BrokenExchange(reason: .hungUp)) }
            exchange = nil  // So that its bytes have one owner only, and are not copied.
            defer { exchange = present }
            do throws(BrokenExchange) {
                while true {
                    if let reply = try present.reader.receive(&present.inbound) { return .success(reply) }
                    present.inbound.discardReadBytes()
                    switch socket.receive(upTo: Self.pieceSize, into: &present.inbound) {
                    case .moved(0), .broken: return .success(try present.reader.end())
                    case .moved: present.hasInbound = true
                    case .wouldBlock: return nil
                    }
                }
            } catch {
                return .failure(error)
            }
        }
    }

    /// Sees whether something has come while a request is being sent, and keeps it for later.
    private func receive() {
        exchange.withLock { exchange in
            guard var inbound = exchange?.inbound, exchange?.hasInbound == false else { return }
            switch socket.receive(upTo: Self.pieceSize, into: &inbound) {
            case .wouldBlock: return
            case .moved(0), .broken: exchange?.isBroken = true
            case .moved: exchange?.hasInbound = true
            }
            exchange?.inbound = inbound
        }
    }
}
