/// What came of a handler.
enum HandlerOutcome: Sendable {
    /// An answer.
    case answer(InvocationAnswer)
    /// An error, as the caller is told of it.
    case failure(ErrorReport)
}

extension ErrorReport {
    /// The handler did not come back in time.
    static let outOfTime = ErrorReport(
        .function,
        "OutOfTime",
        "the time for this invocation is up; it was called off shortly before the platform would have ended it"
    )

    /// The process is being stopped.
    static let shuttingDown = ErrorReport(.runtime, "ShuttingDown", "the function is being stopped")

    /// An answer that the platform would refuse.
    static func tooLarge(byteCount: Int, limit: Int) -> ErrorReport {
        ErrorReport(
            .function,
            "ResponseSizeTooLarge",
            "the answer has \(byteCount) bytes and \(limit) is the most (413); "
                + "large content is to be fetched by a presigned URL, or streamed"
        )
    }
}
