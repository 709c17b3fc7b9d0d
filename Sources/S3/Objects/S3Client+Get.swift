import AWSTransport
import HTTPTypes
package import NIOCore

extension S3Client {
    /// Reads an object, or a part of it, as it arrives; `nil` when there is none.
    ///
    /// - Parameters:
    ///   - location: Which.
    ///   - part: What of it.
    ///   - read: Takes the bytes. Once it has begun, nothing is tried again.
    /// - Returns: What `read` returned.
    /// - Throws: ``AWSError``: `InvalidRange` for a range behind the end, a refused condition, and what the stream's
    ///   checks find; and what `read` throws.
    package func getObject<Answer: Sendable>(
        _ location: S3Location,
        _ part: ObjectRead = ObjectRead(),
        _ read: @escaping @Sendable (ObjectStream) async throws -> Answer
    ) async throws -> Answer? {
        let request = try readRequest(location, part)
        return try await AWSError.nilIfMissing {
            try await client.send(request) { response in
                let check = try ByteCheck(response.status, response.headers, asked: part.range)
                return try await read(ObjectStream(check, response.body))
            }
        }
    }

    /// Reads an object, or a part of it, into memory; `nil` when there is none.
    ///
    /// - Parameters:
    ///   - location: Which.
    ///   - part: What of it.
    ///   - limit: The most bytes to take; more are a `badAnswer`.
    /// - Returns: What the store says about the object, and the bytes.
    /// - Throws: ``AWSError``: `InvalidRange` for a range behind the end, a refused condition, and what the checks of
    ///   length and digest find.
    package func readObject(
        _ location: S3Location,
        _ part: ObjectRead = ObjectRead(),
        upTo limit: Int
    ) async throws -> (head: ObjectHead, bytes: ByteBuffer)? {
        let request = try readRequest(location, part)
        return try await AWSError.nilIfMissing {
            let answer = try await client.collect(request, upTo: limit)
            var check = try ByteCheck(answer.status, answer.headers, asked: part.range)
            try check.receive(answer.body)
            try check.finish()
            return (check.head, answer.body)
        }
    }

    private func readRequest(_ location: S3Location, _ part: ObjectRead) throws(AWSError) -> AWSRequest {
        var headers: HTTPFields = [.acceptEncoding: "identity", .amz("checksum-mode"): "ENABLED"]
        if let range = part.range {
            guard range.lowerBound >= 0, !range.isEmpty else {
                throw AWSError(.badRequest, "Bytes \(range) cannot be asked for.")
            }
            headers[.range] = "bytes=\(range.lowerBound)-\(range.upperBound - 1)"
        }
        headers[.ifMatch] = part.match?.quoted
        return request(.get, location, content: RequestContent(headers: headers))
    }
}
