/// The moment at which the platform ends an invocation, on the wall clock.
package struct InvocationDeadline: Sendable, Equatable {
    /// Milliseconds since 1970.
    package let millisecondsSince1970: Int64

    /// A deadline at a moment.
    package init(millisecondsSince1970: Int64) {
        self.millisecondsSince1970 = millisecondsSince1970
    }

    /// A deadline some time from now.
    package init(after duration: Duration, from now: WallTime = .now()) {
        let (seconds, attoseconds) = duration.components
        self.init(millisecondsSince1970: now.milliseconds + seconds * 1_000 + attoseconds / 1_000_000_000_000_000)
    }

    /// The time that is left, never below zero.
    package func remaining(at now: WallTime = .now()) -> Duration {
        let (left, overflow) = millisecondsSince1970.subtractingReportingOverflow(now.milliseconds)
        return overflow ? .zero : .milliseconds(max(0, left))
    }
}
