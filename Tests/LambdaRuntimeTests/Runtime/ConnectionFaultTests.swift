import NIOCore
import NIOHTTP1
import Testing

@testable import LambdaRuntime

/// The runtime when the Runtime API hangs up, answers nonsense, or is slow.
@Suite("LambdaRuntime, connections", .timeLimit(.minutes(1)))
struct ConnectionFaultTests {
    @Test("an API that closes each connection is served all the same")
    func noKeepAlive() async throws {
        try await MockRuntimeAPI.run { api, configuration in
            var requests = api.requests.makeAsyncIterator()
            for _ in 0..<3 { api.answer("response", with: .status(202).closing) }
            for id in ["one", "two", "three"] { api.deliver(.event(id).closing) }
            try await Harness.run(configuration, handler: Harness.echo) {
                for id in ["one", "two", "three"] {
                    #expect(await requests.post()?.path.contains("/\(id)/response") == true)
                }
            }
        }
    }

    @Test(
        "a poll that comes to nothing is made again",
        arguments: [
            "", "HTTP/1.1 200 OK\r\n", "nonsense\r\n\r\n", "\u{0}\u{1}\u{2}",
            "HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n",
            "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}", "SSH-2.0-OpenSSH\r\n",
        ]
    )
    func badPoll(bytes: String) async throws {
        try await MockRuntimeAPI.run { api, configuration in
            var requests = api.requests.makeAsyncIterator()
            api.deliver(.bytes(bytes))
            api.deliver(.event("one"))
            try await Harness.run(configuration, handler: Harness.echo) {
                #expect(await requests.post()?.path.contains("/one/response") == true)
            }
        }
    }

    @Test("an event that is cut off is told to its caller, and the next one is handled")
    func truncatedEvent() async throws {
        try await MockRuntimeAPI.run { api, configuration in
            var requests = api.requests.makeAsyncIterator()
            let head = "HTTP/1.1 200 OK\r\nLambda-Runtime-Aws-Request-Id: one\r\nContent-Length: 100\r\n\r\n"
            api.deliver(.bytes(head + "{\"half\":"))
            api.deliver(.event("two"))
            try await Harness.run(configuration, handler: Harness.echo) {
                let post = try #require(await requests.post())
                #expect(post.path.contains("/one/error") && post.errorType == "Runtime.TruncatedEvent")
                #expect(await requests.post()?.path.contains("/two/response") == true)
            }
        }
    }

    @Test("an event above the limit is refused, whether its length is announced or not", arguments: [true, false])
    func largeEvent(isAnnounced: Bool) async throws {
        try await MockRuntimeAPI.run { api, configuration in
            var configuration = configuration
            configuration.eventLimit = 1_000
            var requests = api.requests.makeAsyncIterator()
            let body = String(repeating: "x", count: 1_001)
            api.deliver(isAnnounced ? .event("one", body) : .chunked("one", ByteBuffer(string: body), by: 100))
            api.deliver(.event("two", String(body.dropLast())))
            try await Harness.run(configuration, handler: Harness.echo) {
                let post = try #require(await requests.post())
                #expect(post.path.contains("/one/error") && post.errorType == "Runtime.EventTooLarge")
                #expect(await requests.post()?.path.contains("/two/response") == true)
            }
        }
    }

    @Test("an answer whose connection breaks is sent again, once")
    func brokenAnswer() async throws {
        try await MockRuntimeAPI.run { api, configuration in
            var requests = api.requests.makeAsyncIterator()
            api.answer("response", with: .hangUp)
            api.deliver(.event("one", "\"one\""))
            try await Harness.run(configuration, handler: Harness.echo) {
                let (first, second) = (await requests.post(), await requests.post())
                #expect(first?.path == second?.path && second?.text == "\"one\"")
                #expect(await requests.poll()?.what == "next")
            }
        }
    }

    @Test("an interim answer ends nothing, neither a large answer on its way nor a stream", arguments: [true, false])
    func interim(isStream: Bool) async throws {
        try await MockRuntimeAPI.run { api, configuration in
            var requests = api.requests.makeAsyncIterator()
            api.sendInterim()
            for id in ["one", "two"] { api.deliver(.event(id)) }
            let piece = ByteBuffer(repeating: UInt8(ascii: "x"), count: 500_000)
            let handler: LambdaRuntime.Handler = { _, _ in
                guard isStream else { return .whole(ByteBuffer(repeating: UInt8(ascii: "x"), count: 5_000_000)) }
                return .stream(
                    StreamedAnswer(head: nil) { writer in
                        for _ in 0..<10 { try await writer.write(piece) }
                    }
                )
            }
            try await Harness.run(configuration, handler: handler) {
                for id in ["one", "two"] {
                    let post = try #require(await requests.post())
                    #expect(post.path.contains("/\(id)/response") && post.body.readableBytes == 5_000_000)
                    #expect(post.trailers?.isEmpty ?? true)
                }
            }
        }
    }

    @Test("an API that only hangs up ends the process, with the reason")
    func onlyHangUps() async throws {
        try await MockRuntimeAPI.run { api, configuration in
            for _ in 0..<RuntimeMachine.mostFaults { api.deliver(.hangUp) }
            let end = try await Harness.run(configuration, untilItEnds: true, handler: Harness.echo) {}
            #expect(end == .failed(.unreachable(reason: "the connection ended before the answer did")))
        }
    }

    @Test("a refused poll ends the process", arguments: [403, 500])
    func refusedPoll(status: Int) async throws {
        try await MockRuntimeAPI.run { api, configuration in
            api.deliver(.status(status))
            let end = try await Harness.run(configuration, untilItEnds: true, handler: Harness.echo) {}
            #expect(end == .failed(.refused(operation: "next", status: status)))
        }
    }

    @Test("nobody at the address ends the process")
    func nobodyThere() async throws {
        let end = try await Harness.run(.sample, untilItEnds: true, handler: Harness.echo) {}
        guard case .failed(.unreachable) = end else {
            Issue.record("ended by \(String(describing: end))")
            return
        }
    }

    @Test("a worker that fails takes the others with it, after they have answered")
    func oneOfMany() async throws {
        try await MockRuntimeAPI.run { api, configuration in
            var configuration = configuration
            configuration.concurrency = 2
            api.deliver(.event("one"))
            let handler: LambdaRuntime.Handler = { _, _ in
                api.deliver(.status(403))
                try? await Task.sleep(for: .seconds(3_600))
                return .whole(ByteBuffer(string: "done"))
            }
            let end = try await Harness.run(configuration, untilItEnds: true, handler: handler) {}
            #expect(end == .failed(.refused(operation: "next", status: 403)))
            #expect(api.seen.contains { $0.text == "done" })
        }
    }
}
