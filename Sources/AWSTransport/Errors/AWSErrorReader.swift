package import HTTPTypes
package import NIOCore

/// Turns the answer of a refused request into an ``AWSError``; each protocol has its own.
package protocol AWSErrorReader: Sendable {
    /// Reads an error answer.
    ///
    /// - Parameters:
    ///   - status: The status.
    ///   - headers: The headers.
    ///   - body: The first 64 KiB of the body, empty for answers to HEAD.
    /// - Returns: An error of kind `service`, whatever the body looks like.
    func error(status: HTTPResponse.Status, headers: HTTPFields, body: ByteBuffer) -> AWSError
}
