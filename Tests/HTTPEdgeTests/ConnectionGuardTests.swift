import HTTPTypes
import NIOCore
import NIOEmbedded
import NIOHTTP1
import NIOHTTPTypes
import Testing

@testable import HTTPEdge

@Suite("The connection guard on a channel")
struct ConnectionGuardTests {
    /// Takes what the handlers behind the guard would see.
    private final class Sink: ChannelInboundHandler {
        typealias InboundIn = HTTPRequestPart
        var errors: [any Error] = []

        func errorCaught(context: ChannelHandlerContext, error: any Error) { errors.append(error) }
    }

    private func makeChannel(_ configuration: ConnectionGuardConfiguration = .init()) throws -> (EmbeddedChannel, Sink)
    {
        let sink = Sink()
        let channel = EmbeddedChannel(handlers: [ConnectionGuard(configuration), sink])
        try channel.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 1)).wait()
        return (channel, sink)
    }

    private func put(_ fields: HTTPFields = [:]) -> HTTPRequestPart {
        .head(HTTPRequest(method: .put, scheme: "http", authority: "a", path: "/", headerFields: fields))
    }

    @Test("headers that overflow are answered with 431 once, and the connection is closed after a while")
    func overflow() throws {
        let (channel, sink) = try makeChannel()
        channel.pipeline.fireErrorCaught(HTTPParserError.headerOverflow)
        channel.pipeline.fireErrorCaught(HTTPParserError.headerOverflow)
        guard case .head(let head) = try channel.readOutbound(as: HTTPResponsePart.self) else {
            Issue.record("no answer")
            return
        }
        #expect(head.status.code == 431)
        _ = try channel.readOutbound(as: HTTPResponsePart.self)
        #expect(try channel.readOutbound(as: HTTPResponsePart.self) == .end(nil))
        #expect(try channel.readOutbound(as: HTTPResponsePart.self) == nil)
        #expect(sink.errors.isEmpty)
        #expect(channel.isActive)
        channel.embeddedEventLoop.advanceTime(by: .seconds(6))
        #expect(!channel.isActive)
    }

    @Test("a slow body fails with an error of its own")
    func slowBody() throws {
        let (channel, sink) = try makeChannel(.init(window: .seconds(2)))
        try channel.writeInbound(put())
        channel.read()
        channel.embeddedEventLoop.advanceTime(by: .seconds(2))
        #expect(sink.errors.first is SlowBodyError)
    }

    @Test("a body cut off by the connection's end fails with an error of its own")
    func cutBody() throws {
        let (channel, sink) = try makeChannel()
        try channel.writeInbound(put())
        channel.pipeline.fireChannelInactive()
        #expect(sink.errors.first is CutBodyError)
    }

    @Test("an answer before the body's end says that the connection closes")
    func earlyAnswer() throws {
        let (channel, _) = try makeChannel()
        try channel.writeInbound(put())
        try channel.writeOutbound(HTTPResponsePart.head(HTTPResponse(status: .forbidden)))
        guard case .head(let head) = try channel.readOutbound(as: HTTPResponsePart.self) else {
            Issue.record("no answer")
            return
        }
        #expect(head.headerFields[.connection] == "close")
        try channel.writeOutbound(HTTPResponsePart.end(nil))
        channel.embeddedEventLoop.advanceTime(by: .seconds(6))
        #expect(!channel.isActive)
    }

    @Test("100 Continue goes out when the body is wanted")
    func continues() throws {
        let (channel, _) = try makeChannel()
        try channel.writeInbound(put([.expect: "100-continue"]))
        try channel.triggerUserOutboundEvent(BodyWanted()).wait()
        #expect(try channel.readOutbound(as: HTTPResponsePart.self) == .head(HTTPResponse(status: .continue)))
        try channel.triggerUserOutboundEvent(BodyWanted()).wait()
        #expect(try channel.readOutbound(as: HTTPResponsePart.self) == nil)
    }
}

@Suite("Memory for arriving bodies")
struct ReceiveBudgetTests {
    @Test(
        "few bodies are read in large pieces, many in small ones, and all of them stay within the budget",
        arguments: [1, 8, 50, 100]
    )
    func shares(count: Int) {
        let budget = ReceiveBudget(totalByteCount: 8 << 20)
        for _ in 0..<count { budget.begin() }
        #expect(budget.readByteCount * 12 * count <= 8 << 20 || budget.readByteCount == 8 << 10)
        if count == 1 { #expect(budget.readByteCount == 512 << 10) }
        for _ in 0..<count { budget.end() }
        #expect(budget.readByteCount == 512 << 10)
    }
}
