import Testing

@testable import AWSTransport

@Suite("What an exchange waits for")
struct LineWaitsTests {
    private let start = ContinuousClock.now

    private func wait(_ event: LineWaits.Event, _ seconds: Int) -> LineWaits.Wait {
        LineWaits.Wait(event: event, deadline: start + .seconds(seconds), limit: .seconds(seconds))
    }

    @Test("while our own side is busy nothing is ever late")
    func busy() {
        let waits = LineWaits()
        #expect(waits.late(at: start + .seconds(1_000_000)) == nil)
        #expect(waits.nextDeadline == nil)
    }

    @Test("each way is late by its own limit, from the limit on")
    func late() {
        var waits = LineWaits()
        waits.sending = wait(.send, 60)
        waits.receiving = wait(.head, 30)
        #expect(waits.nextDeadline == start + .seconds(30))
        #expect(waits.late(at: start + .seconds(29)) == nil)
        #expect(waits.late(at: start + .seconds(30))?.event == .head)
        waits.receiving = nil
        #expect(waits.late(at: start + .seconds(59)) == nil)
        #expect(waits.late(at: start + .seconds(60))?.event == .send)
    }
}
