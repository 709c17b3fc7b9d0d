import NIOCore
import NIOHTTP1
import Testing

@testable import LambdaRuntime

/// The whole runtime against a mock of the Runtime API, when all is well and when handlers fail.
@Suite("LambdaRuntime", .timeLimit(.minutes(1)))
struct LambdaRuntimeTests {
    @Test("events are answered one after the other on one connection, which nobody else uses")
    func keepAlive() async throws {
        try await MockRuntimeAPI.run { api, configuration in
            var requests = api.requests.makeAsyncIterator()
            try await Harness.run(configuration, handler: Harness.echo) {
                for id in ["one", "two", "three"] {
                    api.deliver(.event(id, "\"\(id)\""))
                    let post = try #require(await requests.post())
                    #expect(post.path == "/2018-06-01/runtime/invocation/\(id)/response")
                    #expect(post.text == "\"\(id)\"")
                }
            }
            #expect(Set(api.seen.map(\.connection)) == [1])
        }
    }

    @Test("an event in chunks arrives whole, up to what Lambda can send", arguments: [1, 6 * 1024 * 1024])
    func chunked(byteCount: Int) async throws {
        try await MockRuntimeAPI.run { api, configuration in
            var requests = api.requests.makeAsyncIterator()
            let body = ByteBuffer(repeating: UInt8(ascii: "x"), count: byteCount)
            api.deliver(.chunked("one", body, by: 100_000))
            try await Harness.run(configuration, handler: Harness.echo) {
                #expect(await requests.post()?.body == body)
            }
        }
    }

    @Test("what a handler throws is told by type and message, and the next event is handled")
    func handlerError() async throws {
        struct Sad<Reason>: Error, CustomStringConvertible {
            let description = "line1\nline2\t\"q\"\u{1}"
        }
        try await MockRuntimeAPI.run { api, configuration in
            var requests = api.requests.makeAsyncIterator()
            for id in ["one", "two"] { api.deliver(.event(id)) }
            try await Harness.run(configuration, handler: { _, _ in throw Sad<Int>() }) {
                let post = try #require(await requests.post())
                #expect(post.errorType == "Function.Sad")
                let json = #"{"errorType":"Function.Sad","errorMessage":"line1\nline2\t\"q\"\u0001","stackTrace":[]}"#
                #expect(post.text == json)
                #expect(post.headers["Content-Type"] == ["application/vnd.aws.lambda.error+json"])
                #expect(await requests.post()?.path.contains("/two/") == true)
            }
        }
    }

    @Test("an answer above the limit is refused in words, and one that the platform refuses is survived")
    func tooLarge() async throws {
        try await MockRuntimeAPI.run { api, configuration in
            var requests = api.requests.makeAsyncIterator()
            let limit = configuration.answerLimit
            api.answer("response", with: .status(413))
            for (id, count) in [("one", limit + 1), ("two", limit), ("three", 1)] {
                api.deliver(.event(id, "\(count)"))
            }
            let handler: LambdaRuntime.Handler = { event, _ in
                .whole(ByteBuffer(repeating: 0x20, count: Int(String(buffer: event)) ?? 0))
            }
            try await Harness.run(configuration, handler: handler) {
                let refused = try #require(await requests.post())
                #expect(refused.what == "error" && refused.errorType == "Function.ResponseSizeTooLarge")
                let large = try #require(await requests.post())
                #expect(large.path.contains("/two/response") && large.body.readableBytes == limit)
                #expect(await requests.post()?.path.contains("/three/response") == true)
            }
            #expect(api.seen.filter { $0.what == "error" }.count == 1)
        }
    }

    @Test("as many invocations as the platform allows run at once, each worker on a connection of its own")
    func concurrency() async throws {
        try await MockRuntimeAPI.run { api, configuration in
            var configuration = configuration
            configuration.concurrency = 4
            var requests = api.requests.makeAsyncIterator()
            let meeting = Meeting(of: 4)
            for number in 0..<4 { api.deliver(.event("n\(number)")) }
            let handler: LambdaRuntime.Handler = { event, _ in
                await meeting.arrive()
                return .whole(event)
            }
            try await Harness.run(configuration, handler: handler) {
                var posts: [MockRuntimeAPI.Request] = []
                while posts.count < 4, let post = await requests.post() { posts.append(post) }
                #expect(Set(posts.map(\.connection)).count == 4)
                #expect(Set(posts.map(\.path)).count == 4)
            }
        }
    }

    @Test("what is asked of the runtime when it is called off: the handler is cancelled, its answer still sent")
    func calledOff() async throws {
        try await MockRuntimeAPI.run { api, configuration in
            var requests = api.requests.makeAsyncIterator()
            api.deliver(.event("one"))
            let (began, begin) = AsyncStream.makeStream(of: Void.self)
            let handler: LambdaRuntime.Handler = { _, _ in
                begin.yield()
                try? await Task.sleep(for: .seconds(3_600))
                return .whole(ByteBuffer(string: Task.isCancelled ? "cancelled" : "slept"))
            }
            let end = try await Harness.run(configuration, handler: handler) {
                for await _ in began { break }
            }
            #expect(end == .stopped)
            #expect(await requests.post()?.text == "cancelled")
        }
    }

    @Test("a handler that lets itself be cancelled at the stop is told of as such")
    func calledOffError() async throws {
        try await MockRuntimeAPI.run { api, configuration in
            var requests = api.requests.makeAsyncIterator()
            api.deliver(.event("one"))
            let (began, begin) = AsyncStream.makeStream(of: Void.self)
            let handler: LambdaRuntime.Handler = { event, _ in
                begin.yield()
                try await Task.sleep(for: .seconds(3_600))
                return .whole(event)
            }
            try await Harness.run(configuration, handler: handler) {
                for await _ in began { break }
            }
            #expect(await requests.post()?.errorType == "Runtime.ShuttingDown")
        }
    }
}
