import NIOCore
import NIOHTTP1
import NIOPosix
import Synchronization

@testable import LambdaRuntime

/// Lambda's Runtime API on a loopback port, with every fault a test asks for: its answers are bytes.
final class MockRuntimeAPI: Sendable {
    /// A request that came, whole.
    struct Request: Sendable, Equatable {
        var method: HTTPMethod
        var path: String
        var headers: HTTPHeaders
        var body = ByteBuffer()
        var trailers: HTTPHeaders?
        /// Which of the connections it came by, from 1.
        var connection: Int

        /// The last word of the path: `next`, `response`, `error`, `register`.
        var what: String { path.split(separator: "/").last.map(String.init) ?? "" }
        /// The body as text.
        var text: String { String(buffer: body) }
    }

    /// What a request is answered with.
    struct Answer: Sendable {
        var pieces: [ByteBuffer]
        var closes = false
    }

    private struct State {
        var connections = 0
        var deliveries: [Answer] = []
        var waiting: [any Channel] = []
        var refusals: [String: [Answer]] = [:]
        var seen: [Request] = []
        var sendsInterim = false
    }

    /// Every request, as it comes.
    let requests: AsyncStream<Request>
    private let arrivals: AsyncStream<Request>.Continuation
    private let state = Mutex(State())

    private init() {
        (requests, arrivals) = AsyncStream.makeStream()
    }

    /// Runs a function while the API listens.
    static func run(_ body: (MockRuntimeAPI, LambdaRuntimeConfiguration) async throws -> Void) async throws {
        let api = MockRuntimeAPI()
        let server = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(.backlog, value: 64)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    let pipeline = channel.pipeline.syncOperations
                    try pipeline.addHandler(ByteToMessageHandler(HTTPRequestDecoder()))
                    try pipeline.addHandler(MockConnection(api, api.number()))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        var configuration = LambdaRuntimeConfiguration.sample
        configuration.endpoint = RuntimeEndpoint(host: "127.0.0.1", port: server.localAddress?.port ?? 0)
        configuration.answerLimit = LambdaRuntimeConfiguration.platformAnswerLimit
        do {
            try await body(api, configuration)
        } catch {
            try await server.close()
            throw error
        }
        try await server.close()
    }

    /// Every request that has come.
    var seen: [Request] { state.withLock { $0.seen } }

    /// Answers the next poll, or one that waits.
    func deliver(_ answer: Answer) {
        let waiting: (any Channel)? = state.withLock { state in
            while let channel = state.waiting.first {
                state.waiting.removeFirst()
                if channel.isActive { return channel }
            }
            state.deliveries.append(answer)
            return nil
        }
        if let waiting { Self.send(answer, on: waiting) }
    }

    /// Answers the next POST of a kind otherwise than by 202.
    func answer(_ what: String, with answer: Answer) {
        state.withLock { $0.refusals[what, default: []].append(answer) }
    }

    /// From now on says `100 Continue` when a POST's head has come.
    func sendInterim() {
        state.withLock { $0.sendsInterim = true }
    }

    /// Whether that is so.
    fileprivate var sendsInterim: Bool { state.withLock(\.sendsInterim) }

    private func number() -> Int {
        state.withLock { state in
            state.connections += 1
            return state.connections
        }
    }

    /// Answers a request now, or when there is an event.
    fileprivate func receive(_ request: Request, on channel: any Channel) {
        let answer: Answer? = state.withLock { state in
            state.seen.append(request)
            if state.refusals[request.what]?.isEmpty == false { return state.refusals[request.what]?.removeFirst() }
            guard request.method == .GET else { return .status(202) }
            guard request.path.hasSuffix("/invocation/next") else { return nil }
            if !state.deliveries.isEmpty { return state.deliveries.removeFirst() }
            state.waiting.append(channel)
            return nil
        }
        arrivals.yield(request)
        if let answer { Self.send(answer, on: channel) }
    }

    private static func send(_ answer: Answer, on channel: any Channel) {
        for piece in answer.pieces { channel.writeAndFlush(piece, promise: nil) }
        if answer.closes { channel.close(promise: nil) }
    }
}

/// One connection to the mock.
private final class MockConnection: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = ByteBuffer

    private let api: MockRuntimeAPI
    private let number: Int
    private var request: MockRuntimeAPI.Request?

    init(_ api: MockRuntimeAPI, _ number: Int) {
        self.api = api
        self.number = number
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head):
            request = .init(method: head.method, path: head.uri, headers: head.headers, connection: number)
            guard head.method == .POST, api.sendsInterim else { return }
            context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: "HTTP/1.1 100 Continue\r\n\r\n")), promise: nil)
        case .body(var piece): request?.body.writeBuffer(&piece)
        case .end(let trailers):
            request?.trailers = trailers
            if let request { api.receive(request, on: context.channel) }
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }
}
