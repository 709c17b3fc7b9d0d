package import AsyncHTTPClient
import Synchronization

/// The HTTP port on AsyncHTTPClient, whose client is made when the first request is sent.
///
/// Until then there are no event loops, no threads and no TLS of it: a Lambda function asks for its first event
/// earlier, and one that answers without a store never pays. Mutable state: the client, once it is there.
package final class OnDemandExchange: HTTPExchange {
    private let configuration: @Sendable () -> HTTPClient.Configuration
    private let client = Mutex(Client.none)

    private enum Client {
        case none, closed
        case open(HTTPClient)
    }

    private init(_ configuration: @escaping @Sendable () -> HTTPClient.Configuration) {
        self.configuration = configuration
    }

    /// Runs something with an exchange, and closes its connections after that, if there were any.
    ///
    /// - Parameters:
    ///   - configuration: How the client is set up, asked when it is.
    ///   - body: What to run.
    /// - Returns: What `body` returned.
    /// - Throws: What `body` threw.
    package static func withExchange<Result>(
        configuration: @escaping @Sendable () -> HTTPClient.Configuration = { AsyncHTTPClientExchange.configuration() },
        _ body: (OnDemandExchange) async throws -> Result
    ) async throws -> Result {
        let exchange = OnDemandExchange(configuration)
        let result: Result
        do {
            result = try await body(exchange)
        } catch {
            try? await exchange.shutdown()
            throw error
        }
        try await exchange.shutdown()
        return result
    }

    package func execute<Answer: Sendable>(
        _ request: AWSHTTPRequest,
        timeouts: AWSTimeouts,
        _ read: @escaping @Sendable (AWSResponse) async throws -> Answer
    ) async throws -> Answer {
        try await AsyncHTTPClientExchange(open()).execute(request, timeouts: timeouts, read)
    }

    /// The client, made at the first call.
    private func open() throws(AWSError) -> HTTPClient {
        try client.withLock { client throws(AWSError) in
            switch client {
            case .open(let present): return present
            case .closed: throw AWSError(.transport, "The HTTP client has been closed.")
            case .none:
                let made = HTTPClient(eventLoopGroup: HTTPClient.defaultEventLoopGroup, configuration: configuration())
                client = .open(made)
                return made
            }
        }
    }

    private func shutdown() async throws {
        let last = client.withLock { client in
            defer { client = .closed }
            return client
        }
        if case .open(let present) = last { try await present.shutdown() }
    }
}
