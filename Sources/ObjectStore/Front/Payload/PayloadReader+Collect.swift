import NIOCore

extension PayloadReader {
    /// Reads a whole small body and compares it with what the request claims of it.
    ///
    /// - Parameters:
    ///   - request: The request, whose body is read once.
    ///   - claims: What it claims.
    ///   - limit: The longest body that is read, in bytes.
    /// - Returns: The body, framing undone.
    /// - Throws: `MalformedXML` for a longer body, `IncompleteBody`, the refusal of a digest; `CancellationError`.
    static func collect(_ request: S3Request, _ claims: PayloadClaims, limit: Int64) async throws -> ByteBuffer {
        guard claims.byteCount <= limit else { throw S3Error.malformedXML }
        var reader = PayloadReader(request, byteCount: claims.byteCount)
        var body = ByteBuffer()
        while let buffer = try await reader.next() {
            body.writeImmutableBuffer(buffer)
            guard body.readableBytes <= claims.byteCount else { throw S3Error.incompleteBody }
        }
        guard body.readableBytes == claims.byteCount else { throw S3Error.incompleteBody }
        try claims.check(body, trailers: reader.trailers)
        return body
    }
}
