/// Sends one request and reads its answer: the port behind which the HTTP client stands.
///
/// An exchange follows no redirects, undoes no content coding and tries nothing twice. When `execute` returns or
/// throws, nothing reads the request's body or writes to the answer's any more.
package protocol HTTPExchange: Sendable {
    /// Sends a request, and has its answer read as it arrives.
    ///
    /// - Parameters:
    ///   - request: What to send; its headers are complete but for framing (`content-length`).
    ///   - timeouts: How long to wait for what.
    ///   - read: Reads the answer, whatever its status is.
    /// - Returns: What `read` returned.
    /// - Throws: ``AWSError`` of kind `transport` or `timeout` when the network fails, also out of the answer's body;
    ///   whatever the request body's reader throws; whatever `read` throws.
    func execute<Answer: Sendable>(
        _ request: AWSHTTPRequest,
        timeouts: AWSTimeouts,
        _ read: @escaping @Sendable (AWSResponse) async throws -> Answer
    ) async throws -> Answer
}
