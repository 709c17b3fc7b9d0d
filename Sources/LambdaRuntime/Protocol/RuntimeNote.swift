import Logging

/// What a worker has to say in the log.
enum RuntimeNote: Sendable, Equatable {
    /// The Runtime API was out of reach or talked nonsense; it is tried again.
    case fault(String)
    /// An invocation failed, and its caller is being told.
    case failed(InvocationHead, ErrorReport)
    /// The platform found the answer too large, and has told the caller.
    case tooLargeForPlatform(InvocationHead)
    /// The platform did not take an answer.
    case refused(InvocationHead, operation: String, status: Int)
    /// Whether the answer arrived is not known.
    case lost(InvocationHead, reason: String)

    /// Writes the note.
    func write(to logger: Logger) {
        switch self {
        case .fault(let reason): logger.warning("the Runtime API is tried again: \(reason)")
        case .failed(let head, let report):
            logger.error(
                "the invocation failed: \(report.message)",
                metadata: ["requestId": "\(head.requestID)", "errorType": "\(report.type)"]
            )
        case .tooLargeForPlatform(let head):
            logger.error("the platform found the answer too large (413)", metadata: ["requestId": "\(head.requestID)"])
        case .refused(let head, let operation, let status):
            logger.error(
                "the platform did not take the invocation's \(operation): \(status)",
                metadata: ["requestId": "\(head.requestID)"]
            )
        case .lost(let head, let reason):
            logger.error("the answer may be lost: \(reason)", metadata: ["requestId": "\(head.requestID)"])
        }
    }
}
