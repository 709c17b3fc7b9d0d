/// How long to wait for what; none of them limits how long a body may take as long as it moves.
package struct AWSTimeouts: Sendable, Hashable {
    /// Until a connection is open and takes the request.
    package var connect: Duration

    /// From the end of the request until the head of the answer.
    package var head: Duration

    /// How long a body may stand still, either way, while the other side is to move.
    package var idle: Duration

    /// Sets the limits.
    ///
    /// - Parameters:
    ///   - connect: Until a connection is open and takes the request.
    ///   - head: From the end of the request until the head of the answer.
    ///   - idle: How long a body may stand still while the other side is to move.
    package init(connect: Duration = .seconds(10), head: Duration = .seconds(60), idle: Duration = .seconds(60)) {
        self.connect = connect
        self.head = head
        self.idle = idle
    }

    /// For services on the same machine or link, such as EC2's metadata: one second each.
    package static let local = AWSTimeouts(connect: .seconds(1), head: .seconds(1), idle: .seconds(1))
}
