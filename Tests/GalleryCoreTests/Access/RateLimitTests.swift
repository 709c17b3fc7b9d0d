import GalleryCore
import GalleryTesting
import Testing

@Suite("The rate of tickets")
struct RateLimitTests {
    private let limit = RateLimit(60, inSeconds: 60, burst: 30)

    @Test("lets a burst through, then one a second")
    func burst() {
        var due: Int64?
        for index in 0..<30 {
            let (next, decision) = limit.decide(due: due, now: 1000)
            #expect(decision.retryAfter == nil && decision.remaining == 29 - index)
            due = next
        }
        let refused = limit.decide(due: due, now: 1000)
        #expect(refused.decision.retryAfter == 1 && refused.due == due)
        #expect(limit.decide(due: due, now: 1999).decision.retryAfter == 1)
        #expect(limit.decide(due: due, now: 2000).decision.retryAfter == nil)
    }

    @Test("gives the whole burst back after a pause, and never more")
    func pause() {
        var due: Int64?
        for _ in 0..<30 { due = limit.decide(due: due, now: 0).due }
        var passed = 0
        for _ in 0..<100 {
            let (next, decision) = limit.decide(due: due, now: 86_400_000)
            due = next
            if decision.retryAfter == nil { passed += 1 }
        }
        #expect(passed == 30)
    }

    @Test("in the long run lets through what the rate says, however quickly somebody asks")
    func longRun() {
        var due: Int64?
        var passed = 0
        for now in stride(from: Int64(0), to: 600_000, by: 37) {
            let (next, decision) = limit.decide(due: due, now: now)
            due = next
            if decision.retryAfter == nil { passed += 1 }
        }
        #expect((629...631).contains(passed))
    }

    @Test("does not lock anybody out when the clock goes back")
    func clockGoesBack() {
        var due: Int64?
        for _ in 0..<10 { due = limit.decide(due: due, now: 1_000_000_000).due }
        let (_, decision) = limit.decide(due: due, now: 1000)
        #expect(decision.retryAfter.map { $0 <= 30 } ?? true)
    }

    @Test("keeps clients apart, and forgets them when they are too many")
    func clients() async throws {
        let clock = FixedClock()
        let limiter = MemoryRateLimiter(RateLimit(1, inSeconds: 60, burst: 1), capacity: 100)
        let first = ClientKey(rawValue: "a")
        #expect(try await limiter.take(first, at: clock.now).retryAfter == nil)
        #expect(try await limiter.take(first, at: clock.now).retryAfter == 60)
        #expect(try await limiter.take(ClientKey(rawValue: "b"), at: clock.now).retryAfter == nil)
        for index in 0..<1000 { _ = try await limiter.take(ClientKey(rawValue: "c\(index)"), at: clock.now) }
        #expect(limiter.count <= 101)
        clock.advance(bySeconds: 61)
        #expect(try await limiter.take(first, at: clock.now).retryAfter == nil)
    }
}
