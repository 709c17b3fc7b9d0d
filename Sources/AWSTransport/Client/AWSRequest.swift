package import HTTPTypes
package import SigV4

/// A request before it is signed.
package struct AWSRequest: Sendable {
    /// The method.
    package var method: HTTPRequest.Method

    /// The `Host` to connect to and to sign; `nil` means the endpoint's authority.
    package var host: String?

    /// The raw path and query, percent-encoded as they go on the wire.
    package var target: String

    /// The headers; those of the signature are added later.
    package var headers: HTTPFields

    /// The body.
    package var body: AWSBody

    /// What the signature says about the body.
    package var payload: PayloadHash

    /// Whether doing it twice is the same as doing it once, so that it may be tried again when nobody knows whether the
    /// first attempt was acted upon.
    package var isIdempotent: Bool

    /// Describes a request without a body, safe to try again.
    ///
    /// - Parameters:
    ///   - method: The method.
    ///   - target: The raw path and query.
    ///   - headers: The headers.
    ///   - host: The `Host`; `nil` means the endpoint's authority.
    package init(_ method: HTTPRequest.Method, target: String, headers: HTTPFields = [:], host: String? = nil) {
        self.method = method
        self.host = host
        self.target = target
        self.headers = headers
        body = .none
        payload = .digest(Self.emptyDigest)
        isIdempotent = true
    }

    /// The SHA-256 of no bytes, in hexadecimal.
    package static let emptyDigest = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
}
