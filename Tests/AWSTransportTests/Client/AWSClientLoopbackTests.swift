import AWSTransport
import HTTPTypes
import Logging
import NIOCore
import SigV4
import Synchronization
import Testing

@Suite("Client and chain on real sockets")
struct AWSClientLoopbackTests {
    private let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

    @Test("an upload whose connection is cut twice goes through on the third, whole")
    func cutUploads() async throws {
        let connections = Mutex(0)
        let bodies = Mutex<[Int]>([])
        let clock = TestClock()
        try await withLoopbackServer { connection in
            let number = connections.withLock { count in
                count += 1
                return count
            }
            // The first is cut before anything was read, the second when all of it was and nothing was answered.
            if number == 1 { return }
            let body = try await connection.request()?.body
            bodies.withLock { $0.append(body?.readableBytes ?? 0) }
            if number == 2 { return }
            try await connection.write("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n")
            try await connection.end()
        } _: { endpoint in
            try await AsyncHTTPClientExchange.withExchange { http in
                var request = AWSRequest(.put, target: "/bucket/key")
                request.body = .bytes(ByteBuffer(repeating: 7, count: 1_000_000))
                request.payload = .unsigned
                let answer = try await client(endpoint, http, clock).collect(request, upTo: 100)
                #expect(answer.status == .ok)
            }
        }
        #expect(bodies.withLock { $0 } == [1_000_000, 1_000_000])
        #expect(clock.sleeps == [.milliseconds(50), .milliseconds(100)])
    }

    @Test("a task that is cancelled in the middle of an answer ends with CancellationError")
    func cancelled() async throws {
        let (arrived, arriving) = AsyncStream<Void>.makeStream()
        try await withLoopbackServer { connection in
            _ = try await connection.request()
            try await connection.write("HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nhalf")
            try await connection.end()
        } _: { endpoint in
            try await AsyncHTTPClientExchange.withExchange { http in
                let client = client(endpoint, http, TestClock())
                await withTaskGroup(of: Void.self) { group in
                    group.addTask {
                        await #expect(throws: CancellationError.self) {
                            try await client.send(AWSRequest(.get, target: "/")) { response in
                                for try await _ in response.body { arriving.yield() }
                            }
                        }
                    }
                    for await _ in arrived { break }
                    group.cancelAll()
                }
            }
        }
    }

    @Test("EC2's metadata over HTTP: a token, a role, its credentials")
    func metadata() async throws {
        let credentials = try await withLoopbackServer { connection in
            while let head = try await connection.request()?.head.lowercased() {
                let answer =
                    switch head.split(separator: " ").dropFirst().first {
                    case "/latest/api/token": "TOKEN"
                    case _ where !head.contains("x-aws-ec2-metadata-token: token\r\n"): ""
                    case "/latest/meta-data/iam/security-credentials/": "role"
                    default: metadataDocument
                    }
                let count = answer.utf8.count
                try await connection.write(
                    "HTTP/1.1 \(count > 0 ? 200 : 401) x\r\ncontent-length: \(count)\r\n\r\n\(answer)"
                )
            }
        } _: { endpoint in
            try await AsyncHTTPClientExchange.withExchange { http in
                let variables = ["AWS_EC2_METADATA_SERVICE_ENDPOINT": "\(endpoint)"]
                let chain = CredentialChain(
                    environment: .sample(variables),
                    http: http,
                    patience: AWSTimeouts(),
                    logger: logger
                )
                return try await chain.credentials(at: TestClock.start)
            }
        }
        #expect(credentials.accessKeyID == "ASIAMETA")
    }

    private func client(_ endpoint: AWSEndpoint, _ http: any HTTPExchange, _ clock: TestClock) -> AWSClient {
        var configuration = AWSClientConfiguration()
        configuration.clock = clock.clock
        return AWSClient(
            service: "s3",
            region: "us-east-1",
            endpoint: endpoint,
            credentials: StaticCredentials(.lasting),
            http: http,
            configuration: configuration,
            logger: logger
        )
    }
}
