import NIOCore
import NIOHTTP1
import Testing

@testable import LambdaRuntime

/// What becomes of handlers whose time is up.
@Suite("LambdaRuntime, deadlines", .timeLimit(.minutes(1)))
struct DeadlineTests {
    /// The header of a deadline so many milliseconds from now.
    private static func deadline(in milliseconds: Int64) -> String {
        "Lambda-Runtime-Deadline-Ms: \(WallTime.now().milliseconds + milliseconds)\r\n"
    }

    @Test("a handler is cancelled before the platform would kill it, and its caller is told why")
    func cancelled() async throws {
        try await MockRuntimeAPI.run { api, configuration in
            var requests = api.requests.makeAsyncIterator()
            api.deliver(.event("one", headers: Self.deadline(in: 3_000)))
            api.deliver(.event("two"))
            let handler: LambdaRuntime.Handler = { event, invocation in
                if invocation.requestID == "one" { try await Task.sleep(for: .seconds(3_600)) }
                return .whole(event)
            }
            try await Harness.run(configuration, handler: handler) {
                let post = try #require(await requests.post())
                #expect(post.path.contains("/one/error") && post.errorType == "Function.OutOfTime")
                #expect(await requests.post()?.path.contains("/two/response") == true)
            }
        }
    }

    @Test("a handler that uses its last moments to answer is believed")
    func lastWords() async throws {
        try await MockRuntimeAPI.run { api, configuration in
            // Of four seconds the last is the handler's own, and half of that is enough on a busy machine.
            var configuration = configuration
            configuration.leadTime = .seconds(10)
            var requests = api.requests.makeAsyncIterator()
            api.deliver(.event("one", headers: Self.deadline(in: 4_000)))
            let handler: LambdaRuntime.Handler = { _, _ in
                try? await Task.sleep(for: .seconds(3_600))
                return .whole(ByteBuffer(string: "504"))
            }
            try await Harness.run(configuration, handler: handler) {
                #expect(await requests.post()?.text == "504")
            }
        }
    }

    @Test("a handler that does not listen is answered for, and no event is asked for before it is back")
    func deaf() async throws {
        try await MockRuntimeAPI.run { api, configuration in
            var requests = api.requests.makeAsyncIterator()
            let (released, release) = AsyncStream.makeStream(of: Void.self)
            api.deliver(.event("one", headers: Self.deadline(in: 3_000)))
            let handler: LambdaRuntime.Handler = { event, _ in
                // Not a child of the handler's task, so its cancellation does not reach it.
                await Deaf.wait(for: released)
                return .whole(event)
            }
            try await Harness.run(configuration, handler: handler) {
                #expect(await requests.post()?.errorType == "Function.OutOfTime")
                #expect(api.seen.last?.what == "error")
                release.finish()
                #expect(await requests.poll()?.what == "next")
            }
            #expect(!api.seen.contains { $0.what == "response" })
        }
    }

    @Test("without a deadline, or with one that cannot be, a handler has all the time it takes")
    func noLimits() {
        let lead = Duration.milliseconds(300)
        #expect(TimeLimits(remaining: nil, lead: lead) == nil)
        #expect(TimeLimits(remaining: .zero, lead: lead) == nil)
        #expect(TimeLimits(remaining: .seconds(5_000_000), lead: lead) == nil)
    }

    @Test("the lead is what was asked for, and a quarter of a short time")
    func lead() {
        let long = TimeLimits(remaining: .seconds(10), lead: .milliseconds(300))
        #expect(long?.untilCancelled == .milliseconds(9_700) && long?.untilOverrun == .milliseconds(9_850))
        let short = TimeLimits(remaining: .milliseconds(400), lead: .milliseconds(300))
        #expect(short?.untilCancelled == .milliseconds(300) && short?.untilOverrun == .milliseconds(350))
    }

    @Test("a deadline on the wall clock leaves the time in between, never less than none")
    func remaining() {
        let now = WallTime(milliseconds: 1_000)
        #expect(InvocationDeadline(millisecondsSince1970: 3_500).remaining(at: now) == .milliseconds(2_500))
        #expect(InvocationDeadline(millisecondsSince1970: 10).remaining(at: now) == .zero)
        #expect(InvocationDeadline(millisecondsSince1970: .max).remaining(at: WallTime(milliseconds: -5)) == .zero)
        #expect(InvocationDeadline(after: .seconds(2), from: now).millisecondsSince1970 == 3_000)
    }
}

/// Waits as code does that knows nothing of cancellation.
private enum Deaf {
    static func wait(for released: AsyncStream<Void>) async {
        await withCheckedContinuation { continuation in
            Task.detached {
                for await _ in released {}
                continuation.resume()
            }
        }
    }
}
