import HTTPTypes
package import NIOCore
import NIOHTTP1
package import NIOHTTPTypes

/// The channel handler around `ConnectionState`; stands between the HTTP codec and Hummingbird.
package final class ConnectionGuard: ChannelDuplexHandler, RemovableChannelHandler {
    package typealias InboundIn = HTTPRequestPart
    package typealias InboundOut = HTTPRequestPart
    package typealias OutboundIn = HTTPResponsePart
    package typealias OutboundOut = HTTPResponsePart

    private var state: ConnectionState
    private let configuration: ConnectionGuardConfiguration
    private var isAnsweringOverflow = false
    private var isInBudget = false
    private var readByteCount = 0

    /// - Parameter configuration: Times and rates.
    package init(_ configuration: ConnectionGuardConfiguration = ConnectionGuardConfiguration()) {
        self.configuration = configuration
        state = ConnectionState(minimumBytesPerWindow: configuration.minimumBytesPerWindow)
    }

    package func handlerAdded(context: ChannelHandlerContext) {
        try? context.channel.syncOptions?.setOption(.maxMessagesPerRead, value: 1)
    }

    package func handlerRemoved(context: ChannelHandlerContext) {
        leaveBudget()
    }

    package func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head):
            let expects = head.headerFields[.expect]?.lowercased() == "100-continue"
            perform(state.receiveHead(expectsContinue: expects), context)
            joinBudget()
        case .body(let buffer):
            state.receiveBody(byteCount: buffer.readableBytes)
        case .end:
            state.receiveEnd()
            leaveBudget()
        }
        context.fireChannelRead(data)
    }

    package func channelReadComplete(context: ChannelHandlerContext) {
        state.completeRead()
        adjustReads(context)
        context.fireChannelReadComplete()
    }

    package func read(context: ChannelHandlerContext) {
        state.wantRead()
        context.read()
    }

    package func channelInactive(context: ChannelHandlerContext) {
        leaveBudget()
        if state.receiveClose() { context.fireErrorCaught(CutBodyError()) }
        context.fireChannelInactive()
    }

    package func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        switch unwrapOutboundIn(data) {
        case .head(var head) where head.status.kind != .informational:
            if state.sendHead() { head.headerFields[.connection] = "close" }
            context.write(wrapOutboundOut(.head(head)), promise: promise)
        case .end:
            context.write(data, promise: promise)
            perform(state.sendEnd(), context)
        default:
            context.write(data, promise: promise)
        }
    }

    package func triggerUserOutboundEvent(
        context: ChannelHandlerContext,
        event: Any,
        promise: EventLoopPromise<Void>?
    ) {
        guard event is BodyWanted else { return context.triggerUserOutboundEvent(event, promise: promise) }
        if state.wantBody() {
            context.writeAndFlush(wrapOutboundOut(.head(HTTPResponse(status: .continue))), promise: nil)
        }
        promise?.succeed()
    }

    package func errorCaught(context: ChannelHandlerContext, error: any Error) {
        guard case HTTPParserError.headerOverflow = error else {
            let isCut = error is HTTPParserError && state.receiveClose()
            return context.fireErrorCaught(isCut ? CutBodyError() : error)
        }
        guard !isAnsweringOverflow else { return }
        isAnsweringOverflow = true
        let (head, body) = configuration.headersTooLarge()
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        context.write(wrapOutboundOut(.body(body)), promise: nil)
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
        perform(.closeSoon, context)
    }

    private func perform(_ action: ConnectionState.Action, _ context: ChannelHandlerContext) {
        switch action {
        case .nothing:
            break
        case .watchPace:
            schedule(after: configuration.window, context) { $0.perform($0.state.endWindow(), $1) }
        case .failSlowBody:
            context.fireErrorCaught(SlowBodyError())
        case .closeSoon:
            schedule(after: configuration.linger, context) { $0.perform(.close, $1) }
        case .close:
            context.close(promise: nil)
        }
    }

    private func schedule(
        after delay: Duration,
        _ context: ChannelHandlerContext,
        _ body: @escaping (ConnectionGuard, ChannelHandlerContext) -> Void
    ) {
        context.eventLoop.assumeIsolated().scheduleTask(in: TimeAmount(delay)) { [weak self] in
            guard let self, context.channel.isActive else { return }
            body(self, context)
        }
    }
}

// MARK: Memory

extension ConnectionGuard {
    private func joinBudget() {
        guard !isInBudget else { return }
        isInBudget = true
        configuration.budget.begin()
    }

    private func leaveBudget() {
        guard isInBudget else { return }
        isInBudget = false
        configuration.budget.end()
    }

    /// Makes the next read as large as the budget allows while a body arrives.
    private func adjustReads(_ context: ChannelHandlerContext) {
        guard isInBudget, configuration.budget.readByteCount != readByteCount else { return }
        readByteCount = configuration.budget.readByteCount
        let allocator = FixedSizeRecvByteBufferAllocator(capacity: readByteCount)
        try? context.channel.syncOptions?.setOption(.recvAllocator, value: allocator)
    }
}

@available(*, unavailable)
extension ConnectionGuard: Sendable {}
