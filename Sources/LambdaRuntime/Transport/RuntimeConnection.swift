import NIOCore
import NIOHTTP1
import NIOPosix

/// A keep-alive connection to the Runtime API, for one request at a time.
struct RuntimeConnection: Sendable {
    private static let connectLimit = TimeAmount.seconds(2)

    private let channel: any Channel
    private let endpoint: RuntimeEndpoint
    private let handler: NIOLoopBound<ExchangeHandler>

    /// Connects; an address is used as it is, only a name is looked up.
    ///
    /// - Parameters:
    ///   - endpoint: Where the Runtime API listens.
    ///   - group: Whose event loops do the work.
    ///   - bodyLimit: The most bytes of an answer.
    /// - Returns: The connection.
    /// - Throws: when nobody listens there, or does not answer in two seconds.
    static func connect(
        to endpoint: RuntimeEndpoint,
        on group: any EventLoopGroup,
        bodyLimit: Int
    ) async throws -> RuntimeConnection {
        let bootstrap = ClientBootstrap(group: group)
            .connectTimeout(connectLimit)
            .channelOption(.tcpOption(.tcp_nodelay), value: 1)
        let initialize: @Sendable (any Channel) -> EventLoopFuture<RuntimeConnection> = { channel in
            channel.eventLoop.makeCompletedFuture {
                let handler = ExchangeHandler(bodyLimit: bodyLimit)
                try channel.pipeline.syncOperations.addHTTPClientHandlers()
                try channel.pipeline.syncOperations.addHandler(handler)
                let bound = NIOLoopBound(handler, eventLoop: channel.eventLoop)
                return RuntimeConnection(channel: channel, endpoint: endpoint, handler: bound)
            }
        }
        if let address = try? SocketAddress(ipAddress: endpoint.host, port: endpoint.port) {
            return try await bootstrap.connect(to: address, channelInitializer: initialize)
        }
        return try await bootstrap.connect(host: endpoint.host, port: endpoint.port, channelInitializer: initialize)
    }

    /// Sends a request and waits for its answer.
    ///
    /// - Parameters:
    ///   - request: The request; a streamed one is only begun, its pieces follow.
    ///   - limit: How long the answer may take; nil for as long as it likes.
    /// - Returns: The answer, when it is there as a whole; else a ``BrokenExchange``.
    func begin(_ request: RuntimeRequest, within limit: TimeAmount? = nil) -> EventLoopFuture<RuntimeReply> {
        let promise = channel.eventLoop.makePromise(of: RuntimeReply.self)
        channel.eventLoop.execute { [handler, endpoint] in
            handler.value.begin(request, to: endpoint, within: limit, promise)
        }
        return promise.futureResult
    }

    /// Sends a piece of a streamed body, and comes back when the system took it.
    func write(_ piece: ByteBuffer) async throws {
        let promise = channel.eventLoop.makePromise(of: Void.self)
        channel.eventLoop.execute { [handler] in handler.value.write(piece, promise) }
        try await promise.futureResult.get()
    }

    /// Ends a streamed body.
    func end(_ trailers: HTTPHeaders?) {
        channel.eventLoop.execute { [handler] in handler.value.end(trailers) }
    }

    /// Ends the connection; who waits for an answer is told.
    func close() {
        channel.close(promise: nil)
    }
}

extension EventLoopFuture<RuntimeReply> {
    /// Waits for an answer, whether or not the task is cancelled meanwhile.
    func reply() async -> Result<RuntimeReply, BrokenExchange> {
        do {
            return .success(try await get())
        } catch {
            return .failure(error as? BrokenExchange ?? BrokenExchange(reason: .hungUp))
        }
    }
}
