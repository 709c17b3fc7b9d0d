import NIOCore
import NIOHTTP1
import Testing

@testable import LambdaRuntime

/// Answers that are sent while they are made.
@Suite("LambdaRuntime, streams", .timeLimit(.minutes(1)))
struct StreamTests {
    private static func pieces(_ pieces: [String], head: StreamHead?) -> LambdaRuntime.Handler {
        { _, _ in
            .stream(
                StreamedAnswer(head: head) { writer in
                    for piece in pieces { try await writer.write(ByteBuffer(string: piece)) }
                }
            )
        }
    }

    @Test("an HTTP answer begins with its head in JSON and eight zero bytes, and says so by its type")
    func http() async throws {
        try await MockRuntimeAPI.run { api, configuration in
            var requests = api.requests.makeAsyncIterator()
            api.deliver(.event("one"))
            let head = StreamHead(
                status: 404,
                headers: ["content-type": "text/plain", "a": "\"\r\n"],
                multiValueHeaders: ["b": ["1", "2"]],
                cookies: ["c=d"]
            )
            try await Harness.run(configuration, handler: Self.pieces(["x", "", "yz"], head: head)) {
                let post = try #require(await requests.post())
                let json =
                    #"{"statusCode":404,"headers":{"a":"\"\r\n","content-type":"text/plain"},"#
                    + #""multiValueHeaders":{"b":["1","2"]},"cookies":["c=d"]}"#
                #expect(post.text == json + String(repeating: "\0", count: 8) + "xyz")
                #expect(post.headers["Content-Type"] == ["application/vnd.awslambda.http-integration-response"])
                #expect(post.headers["Lambda-Runtime-Function-Response-Mode"] == ["streaming"])
                #expect(post.headers["Transfer-Encoding"] == ["chunked"])
                #expect(post.trailers?.isEmpty ?? true)
                #expect(await requests.poll()?.connection == post.connection)
            }
        }
    }

    @Test("bare bytes have no head, and may come from a sequence")
    func bare() async throws {
        try await MockRuntimeAPI.run { api, configuration in
            var requests = api.requests.makeAsyncIterator()
            api.deliver(.event("one"))
            let handler: LambdaRuntime.Handler = { _, _ in
                let (bytes, source) = AsyncStream.makeStream(of: ByteBuffer.self)
                for piece in ["a", "b"] { source.yield(ByteBuffer(string: piece)) }
                source.finish()
                return .stream(StreamedAnswer(head: nil, bytes: bytes))
            }
            try await Harness.run(configuration, handler: handler) {
                let post = try #require(await requests.post())
                #expect(post.text == "ab" && post.headers["Content-Type"] == ["application/octet-stream"])
            }
        }
    }

    @Test("a stream that fails in its midst says so in trailers, as base64 of the error's JSON")
    func failure() async throws {
        try await MockRuntimeAPI.run { api, configuration in
            var requests = api.requests.makeAsyncIterator()
            api.deliver(.event("one"))
            api.deliver(.event("two"))
            let handler: LambdaRuntime.Handler = { event, invocation in
                guard invocation.requestID == "one" else { return .whole(event) }
                return .stream(
                    StreamedAnswer(head: nil) { writer in
                        try await writer.write(ByteBuffer(string: "half"))
                        throw InvalidEvent("so")
                    }
                )
            }
            try await Harness.run(configuration, handler: handler) {
                let post = try #require(await requests.post())
                #expect(post.text == "half")
                #expect(post.headers["Trailer"].first?.contains("Lambda-Runtime-Function-Error-Body") == true)
                #expect(post.trailers?["Lambda-Runtime-Function-Error-Type"] == ["Function.InvalidEvent"])
                let report = ErrorReport(.function, "InvalidEvent", "the event cannot be used: so")
                let body = Base64Text.encoded(report.body.readableBytesView)
                #expect(post.trailers?["Lambda-Runtime-Function-Error-Body"] == [body])
                #expect(await requests.post()?.path.contains("/two/response") == true)
            }
        }
    }

    @Test("a stream whose time is up ends with trailers that say so")
    func outOfTime() async throws {
        try await MockRuntimeAPI.run { api, configuration in
            var requests = api.requests.makeAsyncIterator()
            let deadline = WallTime.now().milliseconds + 3_000
            api.deliver(.event("one", headers: "Lambda-Runtime-Deadline-Ms: \(deadline)\r\n"))
            let handler: LambdaRuntime.Handler = { _, _ in
                .stream(
                    StreamedAnswer(head: nil) { writer in
                        try await writer.write(ByteBuffer(string: "half"))
                        try await Task.sleep(for: .seconds(3_600))
                    }
                )
            }
            try await Harness.run(configuration, handler: handler) {
                let post = try #require(await requests.post())
                #expect(post.text == "half")
                #expect(post.trailers?["Lambda-Runtime-Function-Error-Type"] == ["Function.OutOfTime"])
            }
        }
    }
}
