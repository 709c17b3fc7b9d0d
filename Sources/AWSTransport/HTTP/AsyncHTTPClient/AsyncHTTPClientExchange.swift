package import AsyncHTTPClient
import HTTPTypes
import NIOCore
import NIOHTTP1

/// The HTTP port on AsyncHTTPClient: HTTP/1.1, connections kept and shared, TLS by BoringSSL.
///
/// Timeouts are our own (``LineWatch``): the client's read timeout also counts the time that *we* take to use what
/// arrived, and would cut a download short that is passed on to a slow reader.
package struct AsyncHTTPClientExchange: HTTPExchange {
    private let client: HTTPClient

    /// Sends by a client whose owner shuts it down.
    ///
    /// - Parameter client: A client made with ``configuration(connect:connectionsPerHost:)``, or one like it.
    package init(_ client: HTTPClient) {
        self.client = client
    }

    /// Runs something with an exchange, and closes its connections after that.
    ///
    /// - Parameters:
    ///   - configuration: How the client is set up.
    ///   - body: What to run.
    /// - Returns: What `body` returned.
    /// - Throws: What `body` threw.
    package static func withExchange<Result>(
        configuration: HTTPClient.Configuration = configuration(),
        _ body: (AsyncHTTPClientExchange) async throws -> Result
    ) async throws -> Result {
        try await HTTPClient.withHTTPClient(configuration: configuration) { client in
            try await body(AsyncHTTPClientExchange(client))
        }
    }

    /// A client's setup: no redirects, no decompression, no timeouts but for connecting.
    ///
    /// - Parameters:
    ///   - connect: How long the client tries to connect, whatever a request's own timeouts are.
    ///   - connectionsPerHost: How many connections one host gets; more requests wait for one.
    /// - Returns: The setup.
    package static func configuration(
        connect: Duration = .seconds(10),
        connectionsPerHost: Int = 64
    ) -> HTTPClient.Configuration {
        var configuration = HTTPClient.Configuration(
            redirectConfiguration: .disallow,
            timeout: HTTPClient.Configuration.Timeout(connect: TimeAmount(connect)),
            decompression: .disabled
        )
        configuration.httpVersion = .http1Only
        configuration.connectionPool.idleTimeout = .seconds(30)
        configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = connectionsPerHost
        // Trying again is decided in one place, `RetryPlan`.
        configuration.connectionPool.retryConnectionEstablishment = false
        return configuration
    }

    package func execute<Answer: Sendable>(
        _ request: AWSHTTPRequest,
        timeouts: AWSTimeouts,
        _ read: @escaping @Sendable (AWSResponse) async throws -> Answer
    ) async throws -> Answer {
        let watch = LineWatch(timeouts)
        let source = request.body.source
        let handover = BodyHandover()
        let wire = Self.wire(request, isPumped: source != nil, handover)
        return try await withThrowingTaskGroup(of: Answer?.self) { group in
            defer { group.cancelAll() }
            group.addTask { try await exchange(wire, watch, handover, read) }
            if let source {
                watch.beginSending(.connect)
                group.addTask {
                    try await Self.pump(source, into: handover, watch)
                    return nil
                }
            } else {
                watch.beginReceiving(.head, extra: timeouts.connect)
            }
            group.addTask {
                try await watch.run()
                return nil
            }
            while let outcome = try await group.next() {
                if let answer = outcome { return answer }
            }
            throw CancellationError()
        }
    }
}

extension AsyncHTTPClientExchange {
    /// How much an answer's reader may leave for us to read, so that the connection can be used again.
    private static let restLimit = 65_536

    /// Sends, has the answer read, and reads the little that is left.
    private func exchange<Answer: Sendable>(
        _ request: HTTPClientRequest,
        _ watch: LineWatch,
        _ handover: BodyHandover,
        _ read: @Sendable (AWSResponse) async throws -> Answer
    ) async throws -> Answer {
        let response: HTTPClientResponse
        do {
            response = try await client.execute(request, deadline: .distantFuture)
        } catch {
            try Task.checkCancellation()
            throw handover.failure ?? AWSError(line: error)
        }
        watch.endSending()
        watch.endReceiving()
        let reader = AnswerReader(response.body, watch)
        let body = AWSResponseBody { try await reader.next() }
        let status = HTTPResponse.Status(code: Int(response.status.code), reasonPhrase: response.status.reasonPhrase)
        let answer = try await read(AWSResponse(status: status, headers: Self.fields(response.headers), body: body))
        _ = try? await body.prefix(upTo: Self.restLimit)
        return answer
    }

    /// Reads the source and hands it over, until its end.
    private static func pump(
        _ source: @Sendable () async throws -> AWSBodyReader,
        into handover: BodyHandover,
        _ watch: LineWatch
    ) async throws {
        do {
            let reader = try await source()
            var event = LineWaits.Event.connect
            while let piece = try await reader.next() {
                watch.beginSending(event)
                try await handover.offer(piece)
                watch.endSending()
                event = .send
            }
            watch.beginReceiving(.head)
            handover.close()
        } catch {
            handover.close(error)
            throw error
        }
    }

    private static func wire(
        _ request: AWSHTTPRequest,
        isPumped: Bool,
        _ handover: BodyHandover
    ) -> HTTPClientRequest {
        var wire = HTTPClientRequest(url: "\(request.scheme)://\(request.authority)\(request.target)")
        wire.method = HTTPMethod(rawValue: request.method.rawValue)
        wire.headers.add(name: "host", value: request.authority)
        for field in request.headers {
            wire.headers.add(name: field.name.rawName, value: field.value)
        }
        if isPumped {
            wire.body = .stream(handover, length: .known(request.body.byteCount))
        } else if case .bytes(let bytes) = request.body {
            wire.body = .bytes(bytes)
        }
        return wire
    }

    private static func fields(_ headers: HTTPHeaders) -> HTTPFields {
        var fields = HTTPFields()
        fields.reserveCapacity(headers.count)
        for (name, value) in headers {
            if let name = HTTPField.Name(name) { fields.append(HTTPField(name: name, value: value)) }
        }
        return fields
    }
}

extension AWSBody {
    /// How much is given to the client at once.
    fileprivate static let pieceSize = 65_536

    /// Opens the body for reading piece by piece, `nil` when it is small enough to be sent in one.
    fileprivate var source: (@Sendable () async throws -> AWSBodyReader)? {
        switch self {
        case .none: nil
        case .stream(_, _, let open): open
        case .bytes(let bytes) where bytes.readableBytes <= Self.pieceSize: nil
        case .bytes(let bytes):
            {
                var rest = bytes
                return AWSBodyReader {
                    rest.readSlice(length: min(Self.pieceSize, rest.readableBytes)).flatMap(\.ifAny)
                }
            }
        }
    }
}

extension ByteBuffer {
    /// The bytes, `nil` when there are none.
    fileprivate var ifAny: ByteBuffer? { readableBytes > 0 ? self : nil }
}
