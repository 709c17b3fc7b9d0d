package import HTTPTypes
package import NIOCore

/// An answer that was read to its end.
package struct AWSAnswer: Sendable {
    /// The status.
    package let status: HTTPResponse.Status

    /// The headers.
    package let headers: HTTPFields

    /// The whole body.
    package let body: ByteBuffer
}
