import NIOCore
import NIOHTTP1

/// A request under way, and as much of its answer as has come.
struct RuntimeExchange: Sendable {
    private static let pieceSize = 65_536

    /// What came of it, once that is known.
    private(set) var result: Result<RuntimeReply, BrokenExchange>?
    /// What is still to be sent.
    private var outbound: ByteBuffer
    /// Whether nothing will be added to that.
    private var isComplete: Bool
    /// Whether the line takes nothing more; an answer may have come before it broke.
    private var isBroken = false
    /// What came and was not read yet.
    private var inbound = ByteBuffer()
    private var reader: ReplyReader

    /// A request of which nothing was sent.
    init(_ request: RuntimeRequest, to endpoint: RuntimeEndpoint, bodyLimit: Int) {
        outbound = request.bytes(to: endpoint)
        isComplete = !request.isStream
        reader = ReplyReader(bodyLimit: bodyLimit)
    }

    /// Whether all that there is to send was sent, or never will be.
    var isSent: Bool { outbound.readableBytes == 0 || isBroken || result != nil }

    /// Whether both sides are where the next request may begin: neither an answer before the end of the request, nor
    /// more than the answer.
    var isInStep: Bool { isComplete && outbound.readableBytes == 0 && inbound.readableBytes == 0 }

    /// Adds a piece of a streamed body; false when nothing can be added any more.
    mutating func append(_ piece: ByteBuffer) -> Bool {
        guard !isComplete, !isBroken, result == nil else { return false }
        outbound.writeChunk(piece)
        return true
    }

    /// Ends a streamed body.
    mutating func end(_ trailers: HTTPHeaders?) {
        guard !isComplete, result == nil else { return }
        outbound.writeLastChunk(trailers)
        isComplete = true
    }

    /// Sends and receives what can be moved without waiting.
    mutating func advance(_ socket: RuntimeSocket) {
        guard result == nil else { return }
        send(socket)
        do throws(BrokenExchange) {
            if let reply = try receive(socket) { result = .success(reply) }
        } catch {
            result = .failure(error)
        }
    }

    private mutating func send(_ socket: RuntimeSocket) {
        while outbound.readableBytes > 0, !isBroken {
            switch socket.send(outbound) {
            case .moved(let count): outbound.moveReaderIndex(forwardBy: count)
            case .wouldBlock:
                // What was sent is let go of, for a stream may be long; but not byte by byte, for moving costs.
                if outbound.readerIndex > outbound.readableBytes { outbound.discardReadBytes() }
                return
            case .broken: isBroken = true
            }
        }
        outbound = ByteBuffer()
    }

    private mutating func receive(_ socket: RuntimeSocket) throws(BrokenExchange) -> RuntimeReply? {
        while true {
            if let reply = try reader.receive(&inbound) { return reply }
            inbound.discardReadBytes()
            switch socket.receive(upTo: Self.pieceSize, into: &inbound) {
            case .moved(0): return try reader.end()
            case .moved: continue
            case .broken: throw reader.broken()
            case .wouldBlock: return nil
            }
        }
    }
}
