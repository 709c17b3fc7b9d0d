import Testing

@testable import GalleryClient

@Suite("Waiting")
struct WaitingTests {
    private let fault = TransientFault(reason: "")

    @Test("has full jitter: from nothing to a ceiling that doubles up to a limit")
    func jitter() {
        let policy = RetryPolicy(firstCeiling: .seconds(1), highestCeiling: .seconds(10), patience: .seconds(60))
        #expect(policy.delay(after: fault, count: 0, chance: 0) == .zero)
        let ceilings = (0..<6).map { policy.delay(after: fault, count: $0, chance: 1) }
        #expect(ceilings == [1, 2, 4, 8, 10, 10].map { .seconds($0) })
        #expect(policy.delay(after: fault, count: .max, chance: 1) == .seconds(10))
    }

    @Test("is never shorter than the other side asked for, nor without end")
    func retryAfter() {
        let asked = TransientFault(reason: "", retryAfter: .seconds(9))
        #expect(RetryPolicy.patient.delay(after: asked, count: 0, chance: 0) == .seconds(9))
        #expect(RetryPolicy.patient.delay(after: asked, count: 9, chance: 1) == .seconds(10))
        let endless = TransientFault(reason: "", retryAfter: .seconds(1_000_000))
        #expect(RetryPolicy.patient.delay(after: endless, count: 0, chance: 0) == .seconds(60))
    }

    @Test("looks at Retry-After only where it is a number of seconds")
    func retryAfterForms() {
        #expect(TransientFault(status: 503, retryAfter: "3")?.retryAfter == .seconds(3))
        for text in ["-1", "soon", "Sun, 22 Nov 2026 19:00:00 GMT"] {
            #expect(TransientFault(status: 503, retryAfter: text)?.retryAfter == nil)
        }
        #expect(TransientFault(status: 404, retryAfter: "3") == nil)
    }

    @Test("ends when no byte moved for so long, and a moving byte starts it anew")
    func stall() {
        var watch = StallWatch(sending: .seconds(30), answering: .seconds(90), at: .zero)
        #expect(watch.remaining(at: .seconds(10)) == .seconds(20))
        watch.moved(at: .seconds(29))
        #expect(watch.remaining(at: .seconds(30)) == .seconds(29))
        #expect(watch.remaining(at: .seconds(59)) == nil)
    }

    @Test("gives the answer more time than a byte")
    func answering() {
        var watch = StallWatch(sending: .seconds(30), answering: .seconds(90), at: .zero)
        watch.finishedSending(at: .seconds(5))
        #expect(watch.remaining(at: .seconds(94)) == .seconds(1))
        #expect(watch.remaining(at: .seconds(95)) == nil)
    }
}
