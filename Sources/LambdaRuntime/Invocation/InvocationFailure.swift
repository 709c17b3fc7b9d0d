/// An error that says itself what the caller of a function is told.
///
/// Any other error is told by the name of its type and by its description.
package protocol InvocationFailure: Error {
    /// What went wrong, as one word of letters that begins with a capital, like `StorageUnavailable`.
    var errorType: String { get }
    /// A sentence for people.
    var errorMessage: String { get }
}

/// An event that is not what a function can work with: no JSON, of another shape, with a value out of its range.
package struct InvalidEvent: InvocationFailure, Equatable, CustomStringConvertible {
    /// What is wrong with it, and where.
    package let reason: String

    /// An event that cannot be used, for a reason.
    package init(_ reason: String) {
        self.reason = reason
    }

    /// Always `InvalidEvent`.
    package var errorType: String { "InvalidEvent" }
    /// The reason.
    package var errorMessage: String { "the event cannot be used: \(reason)" }
    /// The same as the message.
    package var description: String { errorMessage }
}
