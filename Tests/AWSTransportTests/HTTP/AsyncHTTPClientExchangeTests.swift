import AWSTransport
import AsyncHTTPClient
import HTTPTypes
import NIOCore
import Synchronization
import Testing

@Suite("The exchange on real sockets")
struct AsyncHTTPClientExchangeTests {
    /// For exchanges that must not time out, however busy the machine is.
    private let patient = AWSTimeouts(connect: .seconds(120), head: .seconds(120), idle: .seconds(120))
    /// Long enough to answer on a busy machine, short enough to wait for in a test.
    private let short = AWSTimeouts(connect: .seconds(120), head: .milliseconds(200), idle: .milliseconds(200))

    @Test(
        "a target goes out as it is: nothing collapsed, decoded or encoded again",
        arguments: [
            "/", "/a//b", "//a", "/a/../b/./c", "/a%2Fb%2f%20%25", "/k?x=%2F&y=a+b&z", "/?list-type=2&prefix=",
            "/k?uploads", "/%E2%82%AC/%7E!'()*", "/a/", "/a%00b", "/k?x=%26%3D%23",
        ]
    )
    func target(target: String) async throws {
        let line = try await exchange(patient) { connection in
            let head = try await connection.head() ?? ""
            let line = head.prefix { $0 != "\r\n" }
            try await connection.write("HTTP/1.1 200 OK\r\ncontent-length: \(line.utf8.count)\r\n\r\n\(line)")
        } request: { endpoint in
            AWSHTTPRequest(.get, at: endpoint, target: target)
        }
        #expect(line == "GET \(target) HTTP/1.1")
    }

    @Test("host and headers go out as they were signed, and no others but framing")
    func headers() async throws {
        let head = try await exchange(patient) { connection in
            let head = try await connection.request()?.head.lowercased() ?? ""
            try await connection.write("HTTP/1.1 200 OK\r\ncontent-length: \(head.utf8.count)\r\n\r\n\(head)")
        } request: { endpoint in
            var request = AWSHTTPRequest(.put, at: endpoint, target: "/", headers: [.contentType: "image/png"])
            request.body = .bytes(ByteBuffer(string: "abc"))
            return request
        }
        let lines = head.split(separator: "\r\n").map { $0.hasPrefix("host:") ? "host" : String($0) }
        #expect(Set(lines) == ["put / http/1.1", "host", "content-type: image/png", "content-length: 3"])
    }

    @Test("on demand there is a client from the first request on, and never without one")
    func onDemand() async throws {
        let made = Mutex(0)
        let configuration: @Sendable () -> HTTPClient.Configuration = {
            made.withLock { $0 += 1 }
            return AsyncHTTPClientExchange.configuration()
        }
        try await OnDemandExchange.withExchange(configuration: configuration) { _ in }
        #expect(made.withLock(\.self) == 0)
        let connections = Mutex(0)
        try await withLoopbackServer { connection in
            connections.withLock { $0 += 1 }
            while try await connection.request() != nil {
                try await connection.write("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n")
            }
        } _: { endpoint in
            try await OnDemandExchange.withExchange(configuration: configuration) { http in
                for _ in 0..<3 {
                    let request = AWSHTTPRequest(.get, at: endpoint, target: "/")
                    let status = try await http.execute(request, timeouts: patient) { $0.status.code }
                    #expect(status == 200)
                }
            }
        }
        #expect(made.withLock(\.self) == 1 && connections.withLock(\.self) == 1)
    }

    @Test("ten requests one after another share one connection, even when the caller reads no body")
    func reuse() async throws {
        let connections = Mutex(0)
        try await withLoopbackServer { connection in
            connections.withLock { $0 += 1 }
            while try await connection.request() != nil {
                try await connection.write("HTTP/1.1 404 Not Found\r\ncontent-length: 5\r\n\r\nabcde")
            }
        } _: { endpoint in
            try await AsyncHTTPClientExchange.withExchange { http in
                for _ in 0..<10 {
                    let request = AWSHTTPRequest(.get, at: endpoint, target: "/")
                    let status = try await http.execute(request, timeouts: patient) { $0.status.code }
                    #expect(status == 404)
                }
            }
        }
        #expect(connections.withLock { $0 } == 1)
    }

    @Test("a large body is sent piece by piece and arrives whole", arguments: [false, true])
    func upload(isStream: Bool) async throws {
        let count = 3_000_000
        let answer = try await exchange(patient) { connection in
            let body = try await connection.request()?.body ?? ByteBuffer()
            let isWhole = body.readableBytes == count && body.readableBytesView.allSatisfy { $0 == 7 }
            try await connection.write("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n\(isWhole ? "ok" : "no")")
        } request: { endpoint in
            var request = AWSHTTPRequest(.put, at: endpoint, target: "/")
            let bytes = ByteBuffer(repeating: 7, count: count)
            request.body = .bytes(bytes)
            if isStream {
                request.body = .stream(byteCount: Int64(count)) {
                    var rest = bytes
                    return AWSBodyReader {
                        rest.readableBytes == 0 ? nil : rest.readSlice(length: min(100_000, rest.readableBytes))
                    }
                }
            }
            return request
        }
        #expect(answer == "ok")
    }

    @Test("a source that fails ends the request with its own error")
    func brokenSource() async throws {
        struct DiskError: Error {}
        await #expect(throws: DiskError.self) {
            try await exchange(patient) { connection in
                try await connection.end()
            } request: { endpoint in
                var request = AWSHTTPRequest(.put, at: endpoint, target: "/")
                request.body = .stream(byteCount: 10) { AWSBodyReader { throw DiskError() } }
                return request
            }
        }
    }

    @Test("a body of another length than announced is our mistake, not the network's", arguments: [3 as Int64, 20])
    func wrongLength(byteCount: Int64) async throws {
        let error = await #expect(throws: AWSError.self) {
            try await exchange(patient) { connection in
                try await connection.end()
            } request: { endpoint in
                var request = AWSHTTPRequest(.put, at: endpoint, target: "/")
                request.body = .stream(byteCount: byteCount) {
                    var pieces = [ByteBuffer(string: "0123456789")].makeIterator()
                    return AWSBodyReader { pieces.next() }
                }
                return request
            }
        }
        #expect(error?.kind == .badRequest)
    }

    @Test("a refusal in the middle of an upload is read, not lost")
    func earlyRefusal() async throws {
        let answer = try await exchange(patient) { connection in
            _ = try await connection.head()
            try await connection.write("HTTP/1.1 403 Forbidden\r\ncontent-length: 2\r\n\r\nno")
            try await connection.end()
        } request: { endpoint in
            var request = AWSHTTPRequest(.put, at: endpoint, target: "/")
            request.body = .bytes(ByteBuffer(repeating: 7, count: 50_000_000))
            return request
        }
        #expect(answer == "no")
    }

    @Test(
        "an answer that is cut is an error, never a short body",
        arguments: [
            "", "HTTP/1.1 200", "HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nhalf",
            "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n4\r\nhalf\r\n", "SSH-2.0-OpenSSH\r\n\r\n",
        ]
    )
    func cutAnswer(answer: String) async throws {
        let error = await #expect(throws: AWSError.self) {
            try await exchange(patient) { connection in
                _ = try await connection.request()
                if !answer.isEmpty { try await connection.write(answer) }
            } request: { endpoint in
                AWSHTTPRequest(.get, at: endpoint, target: "/")
            }
        }
        #expect(error?.kind == .transport)
        #expect(error?.isRetryable == true)
    }

    @Test("nobody at the port is an error at once")
    func refused() async throws {
        let gone = try await withLoopbackServer { _ in
        } _: {
            $0
        }
        let error = await #expect(throws: AWSError.self) {
            try await AsyncHTTPClientExchange.withExchange { http in
                let request = AWSHTTPRequest(.get, at: gone, target: "/")
                return try await http.execute(request, timeouts: patient) { $0.status.code }
            }
        }
        #expect(error?.kind == .transport)
    }

    @Test("a server that takes the request and says nothing is given up", arguments: [0, 3_000_000])
    func silent(byteCount: Int) async throws {
        // Without a body, the time to connect is part of the wait for the answer.
        let connect = byteCount == 0 ? Duration.milliseconds(200) : .seconds(10)
        let error = await #expect(throws: AWSError.self) {
            try await exchange(AWSTimeouts(connect: connect, head: .milliseconds(200))) { connection in
                _ = try await connection.request()
                try await connection.end()
            } request: { endpoint in
                var request = AWSHTTPRequest(.put, at: endpoint, target: "/")
                request.body = .bytes(ByteBuffer(repeating: 7, count: byteCount))
                return request
            }
        }
        #expect(error?.kind == .timeout)
        #expect(error?.message.contains("no answer came") == true)
    }

    @Test("an answer whose body stands still is given up")
    func stalledAnswer() async throws {
        let error = await #expect(throws: AWSError.self) {
            try await exchange(AWSTimeouts(connect: .seconds(120), head: .seconds(120), idle: .milliseconds(200))) {
                connection in
                _ = try await connection.request()
                try await connection.write("HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nhalf")
                try await connection.end()
            } request: { endpoint in
                AWSHTTPRequest(.get, at: endpoint, target: "/")
            }
        }
        #expect(error?.kind == .timeout)
        #expect(error?.message.contains("on its way in") == true)
    }

    @Test("a server that stops taking the body is given up")
    func stalledUpload() async throws {
        let (stop, stopping) = AsyncStream<Void>.makeStream()
        let error = await #expect(throws: AWSError.self) {
            try await exchange(short) { connection in
                _ = try await connection.head()
                for await _ in stop {}
            } request: { endpoint in
                var request = AWSHTTPRequest(.put, at: endpoint, target: "/")
                // So much that it is never all taken, however far the client's writes run ahead of its socket.
                let piece = ByteBuffer(repeating: 7, count: 65_536)
                request.body = .stream(byteCount: 1 << 40) { AWSBodyReader { piece } }
                return request
            }
        }
        stopping.finish()
        #expect(error?.kind == .timeout)
        #expect(error?.message.contains("on its way out") == true)
    }

    @Test("neither redirects nor content codings are acted upon")
    func plain() async throws {
        let answer = try await exchange(patient) { connection in
            _ = try await connection.request()
            try await connection.write(
                "HTTP/1.1 307 See\r\nlocation: /elsewhere\r\ncontent-encoding: gzip\r\ncontent-length: 4\r\n\r\nplop"
            )
        } request: { endpoint in
            AWSHTTPRequest(.get, at: endpoint, target: "/")
        }
        #expect(answer == "plop")
    }

    /// Sends one request to a server played by hand, and collects the answer's body.
    private func exchange(
        _ timeouts: AWSTimeouts,
        _ serve: @escaping @Sendable (inout LoopbackConnection) async throws -> Void,
        request: (AWSEndpoint) -> AWSHTTPRequest
    ) async throws -> String {
        try await withLoopbackServer(serve) { endpoint in
            try await AsyncHTTPClientExchange.withExchange { http in
                try await http.execute(request(endpoint), timeouts: timeouts) { response in
                    String(buffer: try await response.collect(upTo: 1_000_000))
                }
            }
        }
    }
}
