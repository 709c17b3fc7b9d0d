import AWSTransport
import NIOCore
import NIOPosix
import Testing

/// A connection to a server that a test plays by hand: raw bytes, no HTTP library in between.
struct LoopbackConnection {
    /// One request as it came.
    struct Request: Sendable {
        /// Request line and headers.
        let head: String
        /// The body.
        let body: ByteBuffer
    }

    fileprivate var inbound: NIOAsyncChannelInboundStream<ByteBuffer>.AsyncIterator
    fileprivate let outbound: NIOAsyncChannelOutboundWriter<ByteBuffer>
    private var unread = ByteBuffer()

    fileprivate init(
        _ inbound: NIOAsyncChannelInboundStream<ByteBuffer>,
        _ outbound: NIOAsyncChannelOutboundWriter<ByteBuffer>
    ) {
        self.inbound = inbound.makeAsyncIterator()
        self.outbound = outbound
    }

    /// Reads one request, `nil` when the client has closed the connection.
    mutating func request() async throws -> Request? {
        guard let head = try await head() else { return nil }
        let length = head.lowercased().split(separator: "\r\n").compactMap { line in
            line.hasPrefix("content-length: ") ? Int(line.dropFirst(16)) : nil
        }.first
        while unread.readableBytes < length ?? 0 {
            guard try await more() else { return nil }
        }
        return Request(head: head, body: unread.readSlice(length: length ?? 0) ?? ByteBuffer())
    }

    /// Reads a request's head only, `nil` when the client has closed the connection.
    mutating func head() async throws -> String? {
        while true {
            if let end = unread.readableBytesView.firstRange(of: Array("\r\n\r\n".utf8)) {
                return unread.readString(length: end.upperBound - unread.readerIndex)
            }
            guard try await more() else { return nil }
        }
    }

    /// Waits until the client closes the connection.
    mutating func end() async throws {
        while try await more() { unread.clear() }
    }

    /// Sends bytes.
    func write(_ text: String) async throws {
        try await outbound.write(ByteBuffer(string: text))
    }

    private mutating func more() async throws -> Bool {
        guard let piece = try await inbound.next(isolation: #isolation) else { return false }
        unread.writeImmutableBuffer(piece)
        return true
    }
}

/// Runs a test against a server on loopback; each connection is played by `serve`, and closed when that returns.
func withLoopbackServer<Result: Sendable>(
    _ serve: @escaping @Sendable (inout LoopbackConnection) async throws -> Void,
    _ test: (AWSEndpoint) async throws -> Result
) async throws -> Result {
    // A connection reads nothing until its task has taken it: one that comes as the test ends is just let go.
    let server = try await ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
        .childChannelOption(.autoRead, value: false)
        .bind(host: "127.0.0.1", port: 0) { $0.eventLoop.makeSucceededFuture($0) }
    let endpoint = try #require(AWSEndpoint("http://127.0.0.1:\(server.channel.localAddress?.port ?? 0)"))
    return try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask {
            try await server.executeThenClose { connections in
                try await withThrowingDiscardingTaskGroup { tasks in
                    for try await connection in connections {
                        tasks.addTask { try? await play(connection, serve) }
                    }
                }
            }
        }
        defer { group.cancelAll() }
        return try await test(endpoint)
    }
}

private func play(
    _ channel: any Channel,
    _ serve: @Sendable (inout LoopbackConnection) async throws -> Void
) async throws {
    let connection = try await channel.eventLoop.submit {
        try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
    }.get()
    try await connection.executeThenClose { inbound, outbound in
        try await channel.setOption(.autoRead, value: true).get()
        var played = LoopbackConnection(inbound, outbound)
        try await serve(&played)
    }
}
