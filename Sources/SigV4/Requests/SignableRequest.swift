public import HTTPTypes

/// What SigV4 sees of a request: its method, its raw target as on the wire, and its headers.
public struct SignableRequest: Sendable {
    /// The method.
    public var method: HTTPRequest.Method

    /// The `Host` of the request with its port, exactly as it is sent: it is always signed.
    public var host: String

    /// The raw request target, for example `/bucket/key?a=b`: percent-coded, never normalised by a router or URL type.
    public var target: String

    /// The headers other than `Host`.
    public var headers: HTTPFields

    /// Describes a request.
    ///
    /// - Parameters:
    ///   - method: The method.
    ///   - host: The `Host` with its port unless that is the scheme's default.
    ///   - target: The raw request target.
    ///   - headers: The headers other than `Host`.
    public init(method: HTTPRequest.Method, host: String, target: String, headers: HTTPFields = [:]) {
        self.method = method
        self.host = host
        self.target = target
        self.headers = headers
    }

    /// Takes a request head as a server received it.
    ///
    /// - Parameter request: The head; its authority is the host, its path is the raw target.
    public init(_ request: HTTPRequest) {
        self.init(
            method: request.method,
            host: request.authority ?? "",
            target: request.path ?? "/",
            headers: request.headerFields
        )
    }
}
