package import HTTPTypes

/// A request as it goes on the wire.
package struct AWSHTTPRequest: Sendable {
    /// The method.
    package var method: HTTPRequest.Method

    /// `http` or `https`.
    package var scheme: String

    /// Whom to connect to, and the `Host` to send: with its port unless that is the scheme's default.
    package var authority: String

    /// The raw path and query; sent as they are.
    package var target: String

    /// The headers but for `Host` and framing.
    package var headers: HTTPFields

    /// The body.
    package var body: AWSBody

    /// Describes a request to an endpoint.
    ///
    /// - Parameters:
    ///   - method: The method.
    ///   - endpoint: Whom to connect to.
    ///   - target: The raw path and query.
    ///   - headers: The headers but for `Host` and framing.
    package init(
        _ method: HTTPRequest.Method,
        at endpoint: AWSEndpoint,
        target: String,
        headers: HTTPFields = [:]
    ) {
        self.method = method
        scheme = endpoint.scheme
        authority = endpoint.authority
        self.target = target
        self.headers = headers
        body = .none
    }
}
