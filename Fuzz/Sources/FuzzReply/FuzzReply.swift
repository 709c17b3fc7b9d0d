import NIOCore

/// Reads any bytes as an answer of Lambda's Runtime API, once whole and once byte by byte, and compares what was read.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzReply(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    let bytes = Array(UnsafeBufferPointer(start: start, count: count))
    let whole = Reading(bytes, pieceByteCount: max(1, count))
    let pieces = Reading(bytes, pieceByteCount: 1)
    precondition(whole == pieces, "the way an answer is cut changes what it says")
    return 0
}

/// What a reader made of some bytes and the end of the connection.
private struct Reading: Equatable {
    private static let bodyLimit = 1_000

    private let reply: RuntimeReply?
    private let reason: BrokenExchange.Reason?
    /// How many bytes were left for whatever comes next.
    private let restByteCount: Int

    init(_ bytes: [UInt8], pieceByteCount: Int) {
        var reader = ReplyReader(bodyLimit: Self.bodyLimit)
        var buffer = ByteBuffer()
        var taken = 0
        do throws(BrokenExchange) {
            while taken < bytes.count {
                let end = min(taken + pieceByteCount, bytes.count)
                buffer.writeBytes(bytes[taken..<end])
                taken = end
                if let reply = try reader.receive(&buffer) {
                    precondition(reply.body.readableBytes <= Self.bodyLimit, "more than was allowed")
                    (self.reply, reason) = (reply, nil)
                    restByteCount = bytes.count - taken + buffer.readableBytes
                    return
                }
            }
            (reply, reason) = (try reader.end(), nil)
        } catch {
            (reply, reason) = (nil, error.reason)
        }
        restByteCount = 0
    }
}
