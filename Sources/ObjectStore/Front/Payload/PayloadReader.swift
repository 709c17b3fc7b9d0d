import Hummingbird
import NIOCore
import SigV4

/// Reads a request's body as the bytes of the object: framing undone, chunk signatures checked on the way.
///
/// A signed chunk's bytes are handed on before its signature is known to be right, so nothing may be committed before
/// ``next()`` has answered nil.
struct PayloadReader {
    private var iterator: RequestBody.AsyncIterator
    private var decoder: ChunkedPayloadDecoder?
    /// The trailer lines after a chunked body; complete once ``next()`` has answered nil.
    private(set) var trailers: [(name: String, value: String)] = []

    /// Starts reading.
    /// - Parameters:
    ///   - request: The request whose body is read, once.
    ///   - byteCount: The object's size without framing.
    init(_ request: S3Request, byteCount: Int64) {
        iterator = request.body.makeAsyncIterator()
        guard request.verified.payload.isStreaming else { return }
        decoder = ChunkedPayloadDecoder(
            verifiedBy: request.verified,
            announcedTrailers: request.announcedTrailers,
            decodedContentLength: byteCount
        )
    }

    /// The next bytes of the object, or nil at its end.
    /// - Throws: `RequestTimeout` for a body that is too slow, `IncompleteBody` for one that was cut, the decoder's
    ///   refusal for one that is framed or signed wrongly; `CancellationError`.
    @concurrent
    mutating func next() async throws -> ByteBuffer? {
        while true {
            guard let wire = try await iterator.nextOrRefusal() else {
                try Task.checkCancellation()
                trailers = try decoder?.finish() ?? trailers
                return nil
            }
            guard decoder != nil else { return wire }
            var payload = ByteBufferAllocator().buffer(capacity: wire.readableBytes)
            try decoder?.receive(ArraySlice(wire.readableBytesView)) { payload.writeBytes($0) }
            if payload.readableBytes > 0 { return payload }
        }
    }
}
