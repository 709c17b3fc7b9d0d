import NIOCore
import NIOHTTP1
import NIOPosix

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// A request as a fake sees it.
struct FakeRequest: Sendable {
    let method: HTTPMethod
    /// The path without the query.
    let path: String
    /// The query's values, decoded.
    let query: [String: String]
    let headers: HTTPHeaders
    /// Empty until the body is there.
    var body = ByteBuffer()

    init(_ head: HTTPRequestHead) {
        let url = URLComponents(string: head.uri)
        method = head.method
        path = url?.path ?? ""
        let items = url?.queryItems ?? []
        query = Dictionary(items.map { ($0.name, $0.value ?? "") }) { first, _ in first }
        headers = head.headers
    }
}

/// What a fake does with a request.
enum FakeReaction: Sendable {
    case answer(Int, String, headers: HTTPHeaders = [:])
    /// Close the connection without a word.
    case cut
    /// Never answer.
    case silence
}

/// Who decides what is answered.
protocol FakeResponder: Sendable {
    /// Asked when the head is there; `nil` lets the body come.
    func early(_ request: FakeRequest) -> FakeReaction?
    /// Asked when the body is there.
    func late(_ request: FakeRequest) -> FakeReaction
}

/// An HTTP/1.1 server on loopback that can be as rude as real ones.
struct FakeServer {
    typealias Connection = NIOAsyncChannel<HTTPServerRequestPart, HTTPPart<HTTPResponseHead, ByteBuffer>>

    let responder: any FakeResponder

    /// Serves on a free port for as long as the body runs.
    func run<Value: Sendable>(_ body: @escaping @Sendable (_ port: Int) async throws -> Value) async throws -> Value {
        let server = try await ServerBootstrap(group: NIOSingletons.posixEventLoopGroup)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .bind(host: "127.0.0.1", port: 0) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.configureHTTPServerPipeline()
                    try channel.pipeline.syncOperations.addHandler(BufferWriter())
                    return try Connection(wrappingChannelSynchronously: channel)
                }
            }
        return try await withThrowingTaskGroup(of: Value?.self) { group in
            let port = server.channel.localAddress?.port ?? 0
            group.addTask { try await body(port) }
            group.addTask {
                try await server.executeThenClose { connections in
                    try await serve(connections)
                }
                return nil
            }
            defer { group.cancelAll() }
            while let value = try await group.next() {
                if let value { return value }
            }
            throw CancellationError()
        }
    }

    private func serve(_ connections: NIOAsyncChannelInboundStream<Connection>) async throws {
        try await withThrowingDiscardingTaskGroup { group in
            for try await connection in connections {
                group.addTask { try? await converse(connection) }
            }
        }
    }

    private func converse(_ connection: Connection) async throws {
        try await connection.executeThenClose { inbound, outbound in
            var request: FakeRequest?
            for try await part in inbound {
                switch part {
                case .head(let head):
                    let begun = FakeRequest(head)
                    request = begun
                    if let reaction = responder.early(begun) { return try await react(reaction, outbound) }
                case .body(var piece): request?.body.writeBuffer(&piece)
                case .end:
                    guard let whole = request else { return }
                    let reaction = responder.late(whole)
                    try await react(reaction, outbound)
                    guard case .answer = reaction else { return }
                }
            }
        }
    }

    private func react(
        _ reaction: FakeReaction,
        _ outbound: NIOAsyncChannelOutboundWriter<HTTPPart<HTTPResponseHead, ByteBuffer>>
    ) async throws {
        switch reaction {
        case .cut: return
        case .silence: try await Task.sleep(for: .seconds(3600))
        case .answer(let status, let text, var headers):
            let body = ByteBuffer(string: text)
            headers.replaceOrAdd(name: "content-length", value: "\(body.readableBytes)")
            let head = HTTPResponseHead(version: .http1_1, status: .init(statusCode: status), headers: headers)
            try await outbound.write(.head(head))
            try await outbound.write(.body(body))
            try await outbound.write(.end(nil))
        }
    }
}

/// Hands buffers on as what NIO's HTTP encoder takes.
private final class BufferWriter: ChannelOutboundHandler {
    typealias OutboundIn = HTTPPart<HTTPResponseHead, ByteBuffer>
    typealias OutboundOut = HTTPServerResponsePart

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        let part: OutboundOut =
            switch unwrapOutboundIn(data) {
            case .head(let head): .head(head)
            case .body(let buffer): .body(.byteBuffer(buffer))
            case .end(let trailers): .end(trailers)
            }
        context.write(wrapOutboundOut(part), promise: promise)
    }
}
