package import Logging

/// What Lambda says about one invocation, beside its event.
///
/// All but the request id may be missing: the emulator leaves out what it does not know, and so does Lambda at times.
package struct Invocation: Sendable {
    /// Names this invocation in the logs and towards the Runtime API.
    package let requestID: String
    /// When the platform ends the invocation.
    package let deadline: InvocationDeadline?
    /// The ARN that was invoked, with its alias or version.
    package let functionARN: String?
    /// The X-Ray trace header, `Root=…;Parent=…;Sampled=…`.
    package let traceID: String?
    /// The tenant, on functions with tenant isolation.
    package let tenantID: String?
    /// The client context of the mobile SDKs, as the JSON text that came.
    package let clientContext: String?
    /// The Cognito identity, as the JSON text that came.
    package let cognitoIdentity: String?
    /// What managed instances call the invocation; it goes back with the answer.
    package let invocationID: String?
    /// Writes lines that carry the request id.
    package var logger: Logger

    /// The time that is left, never below zero; nil when nobody said when the time is over.
    package var remainingTime: Duration? { deadline?.remaining() }
}

extension Invocation {
    /// An invocation as tests and local tools make it.
    package init(requestID: String, deadline: InvocationDeadline? = nil, logger: Logger) {
        self.init(InvocationHead(requestID: requestID, deadline: deadline), logger: logger)
    }

    /// What the head of a delivery says.
    init(_ head: InvocationHead, logger: Logger) {
        requestID = head.requestID
        deadline = head.deadline
        functionARN = head.functionARN
        traceID = head.traceID
        tenantID = head.tenantID
        clientContext = head.clientContext
        cognitoIdentity = head.cognitoIdentity
        invocationID = head.invocationID
        var logger = logger
        logger[metadataKey: "requestId"] = .string(head.requestID)
        self.logger = logger
    }
}
