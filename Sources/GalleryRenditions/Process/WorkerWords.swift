import Logging
import NIOCore

/// A worker's standard error: each line goes to the log, as far as it is text, and not without end.
final class WorkerWords: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private static let lineLimit = 100
    private static let lineByteCount = 300
    private let logger: Logger
    private var line: [UInt8] = []
    private var lineCount = 0

    init(_ logger: Logger) { self.logger = logger }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard lineCount < Self.lineLimit else { return }
        for byte in unwrapInboundIn(data).readableBytesView {
            if byte == UInt8(ascii: "\n") {
                log()
            } else if line.count < Self.lineByteCount {
                line.append((0x20...0x7E).contains(byte) ? byte : UInt8(ascii: "?"))
            }
        }
    }

    func channelInactive(context: ChannelHandlerContext) { log() }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }

    private func log() {
        guard !line.isEmpty, lineCount < Self.lineLimit else { return }
        lineCount += 1
        logger.debug("a worker says", metadata: ["line": .string(String(decoding: line, as: UTF8.self))])
        line = []
    }
}
