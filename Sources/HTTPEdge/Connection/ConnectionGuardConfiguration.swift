public import HTTPTypes
public import NIOCore

/// Times and rates of a `ConnectionGuard`.
public struct ConnectionGuardConfiguration: Sendable {
    /// How long a body may take for its next `minimumBytesPerWindow`.
    public var window: Duration
    /// The least a body must bring in each window, in bytes.
    public var minimumBytesPerWindow: Int
    /// How long a client that is still sending may take to read an early answer.
    public var linger: Duration
    /// The memory for bodies that all connections share.
    public var budget: ReceiveBudget
    /// The answer to a request whose header section is too large (RFC 6585 §5).
    public var headersTooLarge: @Sendable () -> (HTTPResponse, ByteBuffer)

    public init(
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
    @Sendable public static func plainHeadersTooLarge() -> (HTTPResponse, ByteBuffer) {
        let body = ByteBuffer(string: "The request has too many or too large header fields.\n")
        let fields: HTTPFields = [
            .contentType: "text/plain; charset=utf-8", .contentLength: "\(body.readableBytes)", .connection: "close",
        ]
        return (HTTPResponse(status: .requestHeaderFieldsTooLarge, headerFields: fields), body)
    }
}
