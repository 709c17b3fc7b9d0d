package import HTTPTypes
package import NIOCore

/// The head of an answer, and its body on the way.
package struct AWSResponse: Sendable {
    /// The status.
    package let status: HTTPResponse.Status

    /// The headers.
    package let headers: HTTPFields

    /// The body, not read yet.
    package let body: AWSResponseBody

    /// Describes an answer.
    ///
    /// - Parameters:
    ///   - status: The status.
    ///   - headers: The headers.
    ///   - body: The body.
    package init(status: HTTPResponse.Status, headers: HTTPFields, body: AWSResponseBody) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    /// The whole body, joined.
    ///
    /// - Parameter limit: The most bytes to keep in memory.
    /// - Returns: The bytes.
    /// - Throws: ``AWSError`` of kind `badAnswer` as soon as there are more than `limit` bytes.
    package func collect(upTo limit: Int) async throws -> ByteBuffer {
        try await body.collect(upTo: limit)
    }
}
