import HTTPTypes
import NIOCore

/// Reads the whole body of an operation whose body is a small XML document.
enum RequestDocument {
    /// The body of an operation that wants it vouched for.
    ///
    /// - Parameters:
    ///   - request: The request, whose body is read, once.
    ///   - limit: The most bytes.
    /// - Returns: The body, with its digests checked.
    /// - Throws: `InvalidRequest` when neither Content-MD5 nor a checksum is there, the digest's refusal,
    ///   `MissingContentLength`, `IncompleteBody`, `MalformedXML` for a body over the limit.
    static func read(_ request: S3Request, limit: Int64) async throws -> ByteBuffer {
        let claims = try PayloadClaims(request)
        guard claims.contentMD5 != nil || claims.checksumAlgorithm != nil else { throw S3Error.missingBodyDigest }
        return try await read(request, claims, limit: limit)
    }

    /// The body of an operation that may do without one; empty when there is none.
    ///
    /// - Parameters:
    ///   - request: The request, whose body is read, once.
    ///   - limit: The most bytes.
    /// - Returns: The body; whatever digest came with it is checked.
    /// - Throws: The digest's refusal, `IncompleteBody`, `MalformedXML` for a body over the limit.
    static func readOptional(_ request: S3Request, limit: Int64) async throws -> ByteBuffer {
        let isThere = request.headers[.contentLength] != nil || request.headers[.transferEncoding] != nil
        guard isThere else { return ByteBuffer() }
        return try await read(request, try PayloadClaims(request), limit: limit)
    }

    /// The body of an operation that has read the claims itself.
    ///
    /// - Parameters:
    ///   - request: The request, whose body is read, once.
    ///   - claims: What it claims of the body.
    ///   - limit: The most bytes.
    /// - Returns: The body, with its digests checked.
    /// - Throws: The digest's refusal, `IncompleteBody`, `MalformedXML` for a body over the limit.
    static func read(
        _ request: S3Request,
        _ claims: PayloadClaims,
        limit: Int64
    ) async throws -> ByteBuffer {
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
