import NIOCore
import Thumbnails

/// The server's end of a worker's pipes: reads no more than is asked for, and believes nothing.
final class WorkerInbox: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private var dialogue = WorkerDialogue()
    private var received = ByteBuffer()
    private var head: FrameHead?
    private var loss: WorkerLoss?
    private var waiting: EventLoopPromise<WorkerMessage>?
    private var deadline: Scheduled<Void>?
    private var context: ChannelHandlerContext?

    func handlerAdded(context: ChannelHandlerContext) { self.context = context }

    func handlerRemoved(context: ChannelHandlerContext) {
        self.context = nil
        lose(.ended)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        var bytes = unwrapInboundIn(data)
        received.writeBuffer(&bytes)
        deliver()
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        // What came was not yet enough.
        if waiting != nil, loss == nil { context.read() }
    }

    func channelInactive(context: ChannelHandlerContext) { lose(.ended) }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }

    /// Notes that a picture is asked for.
    func ask(_ request: WorkerRequest) throws {
        if let loss { throw loss }
        do {
            try dialogue.ask(request)
        } catch {
            throw WorkerLoss.flawed(error)
        }
    }

    /// Waits for the next message; one at a time.
    func next(_ promise: EventLoopPromise<WorkerMessage>, within limit: TimeAmount) {
        guard waiting == nil else { return promise.fail(WorkerLoss.flawed(.outOfOrder)) }
        waiting = promise
        deliver()
        guard waiting != nil, let context else { return }
        let bound = NIOLoopBound(self, eventLoop: context.eventLoop)
        deadline = context.eventLoop.scheduleTask(in: limit) { bound.value.lose(.late) }
        context.read()
    }

    /// Hands over a message if a whole one is here; what came before an end still counts, but nothing after a flaw.
    private func deliver() {
        guard let promise = waiting else { return }
        do throws(WireFlaw) {
            if loss ?? .ended == .ended, let message = try takeMessage() {
                stopWaiting()
                return promise.succeed(message)
            }
        } catch {
            loss = .flawed(error)
        }
        guard let loss else { return }
        stopWaiting()
        promise.fail(loss)
    }

    private func takeMessage() throws(WireFlaw) -> WorkerMessage? {
        if head == nil, let bytes = received.readBytes(length: FrameHead.byteCount) {
            head = try FrameHead(reading: bytes)
        }
        guard let head, let payload = received.readSlice(length: head.payloadByteCount) else { return nil }
        self.head = nil
        received.discardReadBytes()
        let fields = head.kind == .bytes ? [] : Array(payload.readableBytesView)
        return WorkerMessage(event: try dialogue.receive(head, payload: fields), bytes: payload)
    }

    private func lose(_ reason: WorkerLoss) {
        loss = loss ?? reason
        deliver()
    }

    private func stopWaiting() {
        waiting = nil
        deadline?.cancel()
        deadline = nil
    }
}
