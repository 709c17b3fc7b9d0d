/// How a client waits, tries again, and understands refusals.
package struct AWSClientConfiguration: Sendable {
    /// When to try again, and how long to wait before.
    package var retry = RetryPolicy()

    /// How long to wait for what within one attempt.
    package var timeouts = AWSTimeouts()

    /// Time and chance.
    package var clock = AWSClock.system

    /// Turns error answers into errors.
    package var errorReader: any AWSErrorReader = XMLErrorReader()

    /// Everything by default: three attempts, S3's and STS's error documents.
    package init() {}
}
