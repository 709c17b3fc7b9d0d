import AWSTransport
import HTTPTypes

extension S3Client {
    /// Asks about an object; `nil` when there is none.
    ///
    /// - Parameter location: Which.
    /// - Returns: Size, tag, checksum, type and metadata.
    /// - Throws: ``AWSError``.
    package func headObject(_ location: S3Location) async throws -> ObjectHead? {
        let content = RequestContent(headers: [.amz("checksum-mode"): "ENABLED"])
        return try await AWSError.nilIfMissing {
            let headers = try await acknowledgement(of: request(.head, location, content: content))
            guard let byteCount = headers[.contentLength].flatMap({ Int64(digits: $0) }) else {
                throw AWSError.badAnswer("the answer to HEAD tells no size")
            }
            return try ObjectHead(headers, byteCount: byteCount)
        }
    }
}
