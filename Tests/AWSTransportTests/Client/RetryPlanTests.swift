import HTTPTypes
import SigV4
import Testing

@testable import AWSTransport

@Suite("What follows a failed attempt")
struct RetryPlanTests {
    private let slowDown = AWSError(.service, "", status: 503, code: "SlowDown")
    private let reset = AWSError(.transport, "")

    @Test("waits double from the base, spread by chance, up to the cap")
    func backoff() {
        let policy = RetryPolicy(maximumAttempts: 99)
        #expect(policy.delay(after: reset, failures: 1, random: 0.5) == .milliseconds(50))
        #expect(policy.delay(after: reset, failures: 2, random: 0.5) == .milliseconds(100))
        #expect(policy.delay(after: reset, failures: 3, random: 0) == .zero)
        #expect(policy.delay(after: reset, failures: 60, random: 1) == .seconds(20))
        #expect(policy.delay(after: slowDown, failures: 1, random: 1) == .milliseconds(500))
    }

    @Test("a wait that the service asks for is the least, and bounded by the cap")
    func retryAfter() {
        var error = slowDown
        error.retryAfter = .seconds(3)
        #expect(RetryPolicy().delay(after: error, failures: 1, random: 0) == .seconds(3))
        error.retryAfter = .seconds(86_400)
        #expect(RetryPolicy().delay(after: error, failures: 1, random: 0) == .seconds(20))
    }

    @Test("three attempts are made, then the error is reported")
    func attempts() {
        var plan = RetryPlan(RetryPolicy(), for: AWSRequest(.get, target: "/"))
        #expect(plan.step(after: reset, clockMoved: false, random: 0) == .wait(.zero))
        #expect(plan.step(after: reset, clockMoved: false, random: 0) == .wait(.zero))
        #expect(plan.step(after: reset, clockMoved: false, random: 0) == .giveUp)
    }

    @Test(
        "what may succeed later is tried again",
        arguments: [
            AWSError(.transport, ""), AWSError(.timeout, ""), AWSError(.service, "", status: 500),
            AWSError(.service, "", status: 502), AWSError(.service, "", status: 503),
            AWSError(.service, "", status: 504), AWSError(.service, "", status: 429),
            AWSError(.service, "", status: 400, code: "RequestTimeout"),
            AWSError(.service, "", status: 400, code: "ThrottlingException"),
            AWSError(.service, "", status: 200, code: "InternalError"),
        ]
    )
    func retried(error: AWSError) {
        var plan = RetryPlan(RetryPolicy(), for: AWSRequest(.get, target: "/"))
        #expect(plan.step(after: error, clockMoved: false, random: 0) == .wait(.zero))
    }

    @Test(
        "what will fail again is not",
        arguments: [
            AWSError(.service, "", status: 404, code: "NoSuchKey"), AWSError(.service, "", status: 403),
            AWSError(.service, "", status: 501), AWSError(.service, "", status: 412), AWSError(.badAnswer, ""),
            AWSError(.badRequest, ""), AWSError(.credentials, ""), AWSError(.cancelled, ""),
        ]
    )
    func notRetried(error: AWSError) {
        var plan = RetryPlan(RetryPolicy(), for: AWSRequest(.get, target: "/"))
        #expect(plan.step(after: error, clockMoved: false, random: 0) == .giveUp)
    }

    @Test("a request that must not happen twice is tried again only when it was turned away")
    func notIdempotent() {
        var request = AWSRequest(.post, target: "/")
        request.isIdempotent = false
        var plan = RetryPlan(RetryPolicy(), for: request)
        #expect(plan.step(after: reset, clockMoved: false, random: 0) == .giveUp)
        #expect(plan.step(after: AWSError(.service, "", status: 500), clockMoved: false, random: 0) == .giveUp)
        plan = RetryPlan(RetryPolicy(), for: request)
        #expect(plan.step(after: slowDown, clockMoved: false, random: 0) == .wait(.zero))
    }

    @Test("a body that can be read only once is sent only once")
    func bodyReadOnce() {
        var request = AWSRequest(.put, target: "/")
        request.body = .stream(byteCount: 0, canReopen: false) { AWSBodyReader { nil } }
        let expired = AWSError(.service, "", status: 400, code: "ExpiredToken")
        let skewed = AWSError(.service, "", status: 403, code: "RequestTimeTooSkewed")
        for error in [reset, slowDown, expired, skewed] {
            var plan = RetryPlan(RetryPolicy(), for: request)
            #expect(plan.step(after: error, clockMoved: true, random: 0) == .giveUp)
        }
    }

    @Test("clock and credentials are mended once each, whatever the request, and cost no attempt")
    func mendedOnce() {
        var request = AWSRequest(.post, target: "/")
        request.isIdempotent = false
        let skewed = AWSError(.service, "", status: 403, code: "RequestTimeTooSkewed")
        let expired = AWSError(.service, "", status: 400, code: "ExpiredToken")
        var plan = RetryPlan(RetryPolicy(maximumAttempts: 1), for: request)
        #expect(plan.step(after: skewed, clockMoved: true, random: 0) == .redate)
        #expect(plan.step(after: expired, clockMoved: false, random: 0) == .renew)
        #expect(plan.step(after: expired, clockMoved: false, random: 0) == .giveUp)
        plan = RetryPlan(RetryPolicy(), for: request)
        #expect(plan.step(after: skewed, clockMoved: true, random: 0) == .redate)
        #expect(plan.step(after: skewed, clockMoved: true, random: 0) == .giveUp)
    }

    @Test("a refusal for the date is not repeated with the same date")
    func clockDidNotMove() {
        let skewed = AWSError(.service, "", status: 403, code: "RequestTimeTooSkewed")
        var plan = RetryPlan(RetryPolicy(), for: AWSRequest(.get, target: "/"))
        #expect(plan.step(after: skewed, clockMoved: false, random: 0) == .giveUp)
    }

    @Test("an answer that tells another time is no reason to repeat what a date cannot cause")
    func clockMovedForNothing() {
        let missing = AWSError(.service, "", status: 404, code: "NoSuchKey")
        var plan = RetryPlan(RetryPolicy(), for: AWSRequest(.get, target: "/"))
        #expect(plan.step(after: missing, clockMoved: true, random: 0) == .giveUp)
    }
}

@Suite("The retry quota")
struct RetryQuotaTests {
    @Test("a hundred retries empty it, and successes fill it again")
    func emptied() {
        var quota = RetryQuota()
        let cost = RetryQuota.cost(of: AWSError(.transport, ""))
        for _ in 0..<100 { #expect(quota.take(cost) == true) }
        #expect(quota.take(cost) == false)
        quota.give(back: cost)
        #expect(quota.take(cost) == true)
        for _ in 0..<5 { quota.give(back: nil) }
        #expect(quota.tokens == 5)
    }

    @Test("a timeout costs double")
    func timeout() {
        #expect(RetryQuota.cost(of: AWSError(.timeout, "")) == 2 * RetryQuota.cost(of: AWSError(.service, "")))
    }

    @Test("it never holds more than at the start")
    func capacity() {
        var quota = RetryQuota()
        quota.give(back: 10)
        #expect(quota.tokens == RetryQuota.capacity)
    }
}

@Suite("The offset between two clocks")
struct ClockOffsetTests {
    private let now = TestClock.start

    @Test("a few minutes are tolerated until a service refuses a date")
    func tolerance() {
        var offset = ClockOffset()
        #expect(offset.learn(serverTime: now.plus(240), now: now, isCertain: false) == false)
        #expect(offset.corrected(now) == now)
        #expect(offset.learn(serverTime: now.plus(240), now: now, isCertain: true) == true)
        #expect(offset.corrected(now) == now.plus(240))
    }

    @Test("twenty minutes are corrected at once, both ways, and back when our clock is set right")
    func corrected() {
        var offset = ClockOffset()
        #expect(offset.learn(serverTime: now.plus(-1200), now: now, isCertain: false) == true)
        #expect(offset.corrected(now) == now.plus(-1200))
        #expect(offset.learn(serverTime: now.plus(-1199), now: now, isCertain: false) == false)
        #expect(offset.learn(serverTime: now, now: now, isCertain: false) == true)
        #expect(offset.corrected(now) == now)
    }

    @Test("the same refusal again teaches nothing")
    func same() {
        var offset = ClockOffset()
        #expect(offset.learn(serverTime: now.plus(900), now: now, isCertain: true) == true)
        #expect(offset.learn(serverTime: now.plus(900), now: now, isCertain: true) == false)
    }
}
