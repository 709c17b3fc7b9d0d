import NIOCore
import NIOHTTP1

/// The end of a connection's pipeline: one request at a time, and its answer gathered within a limit.
///
/// All of it happens on the connection's event loop.
final class ExchangeHandler: ChannelInboundHandler {
    typealias InboundIn = HTTPClientResponsePart
    typealias OutboundOut = HTTPClientRequestPart

    private let bodyLimit: Int
    private var context: ChannelHandlerContext?
    private var exchange: Exchange?

    /// A request under way.
    private struct Exchange {
        let promise: EventLoopPromise<RuntimeReply>
        var reply: RuntimeReply?
        var timer: Scheduled<Void>?
        var isRequestSent: Bool
    }

    /// A handler that refuses answers above a limit.
    init(bodyLimit: Int) {
        self.bodyLimit = bodyLimit
    }

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        self.context = nil
        fail(.hungUp)
    }

    func channelInactive(context: ChannelHandlerContext) {
        fail(.hungUp)
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        switch error {
        case HTTPParserError.invalidEOFState: fail(.hungUp)
        case is HTTPParserError: fail(.garbage)
        default: fail(.hungUp)
        }
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard exchange != nil else { return context.close(promise: nil) }
        switch unwrapInboundIn(data) {
        case .head(let head):
            let keepsAlive = head.isKeepAlive
            exchange?.reply = RuntimeReply(status: Int(head.status.code), headers: head.headers, keepsAlive: keepsAlive)
            let announced = head.headers.first(name: "Content-Length").flatMap(Int.init) ?? 0
            if announced > bodyLimit { fail(.tooLarge(limit: bodyLimit)) }
        case .body(var piece):
            let gathered = exchange?.reply?.body.readableBytes ?? 0
            guard gathered + piece.readableBytes <= bodyLimit else { return fail(.tooLarge(limit: bodyLimit)) }
            exchange?.reply?.body.writeBuffer(&piece)
        case .end: succeed()
        }
    }
}

// MARK: Requests

extension ExchangeHandler {
    /// Sends a request's head, and its body and end when it has one; the promise is kept by the answer.
    ///
    /// Without a time limit the answer may take for ever.
    func begin(
        _ request: RuntimeRequest,
        to endpoint: RuntimeEndpoint,
        within limit: TimeAmount?,
        _ promise: EventLoopPromise<RuntimeReply>
    ) {
        guard let context, context.channel.isActive, exchange == nil else {
            return promise.fail(BrokenExchange(reason: .hungUp))
        }
        let isStream = request.headers.contains(name: "Transfer-Encoding")
        exchange = Exchange(promise: promise, isRequestSent: !isStream)
        exchange?.timer = limit.map { limit in
            context.eventLoop.assumeIsolated().scheduleTask(in: limit) { self.fail(.tooSlow) }
        }
        var head = HTTPRequestHead(version: .http1_1, method: request.method, uri: request.path)
        head.headers = ["Host": endpoint.authority, "User-Agent": "imgn-lambda-runtime"]
        head.headers.add(contentsOf: request.headers)
        if let body = request.body { head.headers.add(name: "Content-Length", value: String(body.readableBytes)) }
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        if let body = request.body { context.write(wrapOutboundOut(.body(.byteBuffer(body))), promise: nil) }
        if !isStream { context.write(wrapOutboundOut(.end(nil)), promise: nil) }
        context.flush()
    }

    /// Sends a piece of a streamed body.
    func write(_ piece: ByteBuffer, _ promise: EventLoopPromise<Void>) {
        guard let context, let exchange, !exchange.isRequestSent else {
            return promise.fail(BrokenExchange(reason: .hungUp))
        }
        context.writeAndFlush(wrapOutboundOut(.body(.byteBuffer(piece))), promise: promise)
    }

    /// Ends a streamed body.
    func end(_ trailers: HTTPHeaders?) {
        guard let context, exchange?.isRequestSent == false else { return }
        exchange?.isRequestSent = true
        context.writeAndFlush(wrapOutboundOut(.end(trailers)), promise: nil)
    }

    private func succeed() {
        guard let exchange, var reply = exchange.reply else { return fail(.garbage) }
        self.exchange = nil
        exchange.timer?.cancel()
        // An answer before the end of the request: what else we would send has no place any more.
        reply.keepsAlive = reply.keepsAlive && exchange.isRequestSent
        if !reply.keepsAlive { context?.close(promise: nil) }
        exchange.promise.succeed(reply)
    }

    private func fail(_ reason: BrokenExchange.Reason) {
        // Closing calls back at once, and then there must be nothing left that could fail for another reason.
        let failed = exchange
        exchange = nil
        failed?.timer?.cancel()
        context?.close(promise: nil)
        failed?.promise.fail(BrokenExchange(reason: reason, head: failed?.reply))
    }
}
