package import SigV4

/// Why a request failed, in the words of the service that refused it or of what stood in its way.
package struct AWSError: Error, Sendable, Equatable {
    /// What clients switch on first.
    package enum Kind: Sendable, Hashable {
        /// The service answered with an error; ``AWSError/code`` says which.
        case service
        /// No connection, or one that broke.
        case transport
        /// The other side took too long.
        case timeout
        /// No credentials, or none that can be used; ``AWSError/message`` names the source and the way out.
        case credentials
        /// An answer that makes no sense: too large, malformed, or not what was asked for.
        case badAnswer
        /// A request that cannot be sent, for example with a body of another length than announced.
        case badRequest
        /// The task was cancelled; ``AWSClient`` throws `CancellationError` in its place.
        case cancelled
    }

    /// What clients switch on first.
    package let kind: Kind

    /// The status of the answer, `nil` when there was none.
    package var status: Int?

    /// The service's code, for example `NoSuchKey`; `nil` when the answer named none (as every answer to HEAD).
    package var code: String?

    /// A sentence for people.
    package var message: String

    /// The service's id of the request.
    package var requestID: String?

    /// S3's second id, of the host that answered.
    package var hostID: String?

    /// Further elements of the error answer by name, for example `ServerTime` or `Region`.
    package var fields: [String: String] = [:]

    /// How long the service asked to wait before another attempt, `nil` when it did not.
    package var retryAfter: Duration?

    /// The service's clock when it answered, `nil` when it did not say.
    package var serverTime: SigningDate?

    /// Words an error.
    ///
    /// - Parameters:
    ///   - kind: What clients switch on first.
    ///   - message: A sentence for people.
    ///   - status: The status of the answer.
    ///   - code: The service's code.
    package init(_ kind: Kind, _ message: String, status: Int? = nil, code: String? = nil) {
        self.kind = kind
        self.message = message
        self.status = status
        self.code = code
    }
}

extension AWSError: CustomStringConvertible {
    /// One line for a log: what, why, and the ids to ask the service's people with.
    package var description: String {
        var parts = [code ?? "\(kind)"]
        if let status { parts.append("(HTTP \(status))") }
        parts.append(message)
        if let requestID { parts.append("[request \(requestID)]") }
        if let hostID { parts.append("[host \(hostID)]") }
        return parts.joined(separator: " ")
    }
}
