package import HTTPTypes
package import NIOCore

/// Times and rates of a `ConnectionGuard`.
package struct ConnectionGuardConfiguration: Sendable {
    /// How long a body may take for its next `minimumBytesPerWindow`.
    package var window: Duration
    /// The least a body must bring in each window, in bytes.
    package var minimumBytesPerWindow: Int
    /// How long a client that is still sending may take to read an early answer.
    package var linger: Duration
    /// The memory for bodies that all connections share.
    package var budget: ReceiveBudget
    /// The answer to a request whose header section is too large (RFC 6585 §5).
    package var headersTooLarge: @Sendable () -> (HTTPResponse, ByteBuffer)

    package init(
        window: Duration = .seconds(60),
        minimumBytesPerWindow: Int = 1024,
        linger: Duration = .seconds(5),
        budget: ReceiveBudget = ReceiveBudget(),
        headersTooLarge: @escaping @Sendable () -> (HTTPResponse, ByteBuffer) = Self.plainHeadersTooLarge
    ) {
        self.window = window
        self.minimumBytesPerWindow = minimumBytesPerWindow
        self.linger = linger
        self.budget = budget
        self.headersTooLarge = headersTooLarge
    }

    /// 431 with a sentence of plain text.
    @Sendable package static func plainHeadersTooLarge() -> (HTTPResponse, ByteBuffer) {
        let body = ByteBuffer(string: "The request has too many or too large header fields.\n")
        let fields: HTTPFields = [
            .contentType: "text/plain; charset=utf-8", .contentLength: "\(body.readableBytes)", .connection: "close",
        ]
        return (HTTPResponse(status: .requestHeaderFieldsTooLarge, headerFields: fields), body)
    }
}
