/// A text that must not show up in logs: it describes itself as `<redacted>`.
public struct Secret: Sendable, Hashable {
    /// The text itself.
    public let value: String

    /// Wraps a secret text.
    ///
    /// - Parameter value: The text to keep out of sight.
    public init(_ value: String) {
        self.value = value
    }
}

extension Secret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// Always `<redacted>`.
    public var description: String { "<redacted>" }

    /// Always `<redacted>`.
    public var debugDescription: String { "<redacted>" }

    /// A mirror without children, so that `dump` and test failures print nothing either.
    public var customMirror: Mirror { Mirror(self, children: []) }
}
