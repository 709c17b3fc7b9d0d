import NIOCore
import NIOHTTP1
import Testing

@testable import LambdaRuntime

/// What a worker does when the Runtime API is away, hangs up, or talks nonsense.
@Suite("RuntimeMachine, faults")
struct RuntimeMachineFaultTests {
    @Test("an answer that closes the connection is followed by a new one")
    func closedConnection() {
        var machine = RuntimeMachine.posting("one")
        let closing = RuntimeReply(status: 202, keepsAlive: false)
        #expect(machine.receive(.answered(closing)).name == "connect 0.0 seconds")
        #expect(machine.receive(.connected).name == "next")
    }

    @Test("a connection that breaks while polling is made again at once, then with growing pauses, then the end")
    func brokenPoll() {
        var machine = RuntimeMachine.polling()
        var names: [String] = []
        for _ in 0..<RuntimeMachine.mostFaults {
            names.append(machine.receive(.broken(BrokenExchange(reason: .hungUp))).name)
            _ = machine.receive(.connected)
        }
        let pauses = ["connect 0.0 seconds", "connect 0.1 seconds", "connect 0.2 seconds", "connect 0.4 seconds"]
        #expect(Array(names.prefix(4)) == pauses)
        #expect(names.last?.hasPrefix("finish: the Runtime API cannot be reached") == true)
    }

    @Test("faults that are far apart do not add up: an event in between begins the count anew")
    func faultsAreForgotten() {
        var machine = RuntimeMachine.polling()
        for _ in 0..<(3 * RuntimeMachine.mostFaults) {
            #expect(machine.receive(.broken(BrokenExchange(reason: .hungUp))).name == "connect 0.0 seconds")
            _ = machine.receive(.connected)
            _ = machine.receive(.answered(.event("one")))
            _ = machine.receive(.handled(.answer(.whole(ByteBuffer()))))
            #expect(machine.receive(.answered(.accepted)).name == "next")
        }
    }

    @Test("nobody at the address ends the process after a few tries")
    func nobodyThere() {
        var machine = RuntimeMachine(.sample)
        _ = machine.receive(.started)
        var last = ""
        for _ in 0..<RuntimeMachine.mostFaults { last = machine.receive(.notConnected(reason: "refused")).name }
        #expect(last == "finish: the Runtime API cannot be reached: refused")
    }

    @Test("a refusal of the poll ends the process; on a managed instance a busy platform is asked again")
    func refusedPoll() {
        for status in [400, 403, 404, 500] {
            var machine = RuntimeMachine.polling()
            let action = machine.receive(.answered(RuntimeReply(status: status)))
            #expect(action.name == "finish: the Runtime API answered next with \(status)")
        }
        for status in [429, 500, 503] {
            var machine = RuntimeMachine.polling(.managed)
            #expect(machine.receive(.answered(RuntimeReply(status: status))).name == "connect 0.0 seconds")
        }
        var machine = RuntimeMachine.polling(.managed)
        #expect(machine.receive(.answered(RuntimeReply(status: 403))).name.hasPrefix("finish"))
    }

    @Test(
        "an event without a request id that can stand in a path is nonsense",
        arguments: ["", "a b", "../x", "a\r\nb"]
    )
    func badRequestID(id: String) {
        var machine = RuntimeMachine.polling()
        #expect(machine.receive(.answered(.event(id))).name == "connect 0.0 seconds")
        #expect(machine.takeNotes() == [.fault("an event came without a request id")])
    }

    @Test("an event that was cut off or is too large is told to its caller, on a new connection")
    func brokenEvent() {
        let cases: [(BrokenExchange.Reason, String)] = [
            (.hungUp, "Runtime.TruncatedEvent"), (.tooLarge(limit: 10), "Runtime.EventTooLarge"),
        ]
        for (reason, type) in cases {
            var machine = RuntimeMachine.polling()
            let broken = BrokenExchange(reason: reason, head: .event("one"))
            #expect(machine.receive(.broken(broken)).name == "connect 0.0 seconds")
            let request = machine.receive(.connected).request
            #expect(request?.path.hasSuffix("/one/error") == true)
            #expect(request?.headers["Lambda-Runtime-Function-Error-Type"] == [type])
        }
    }

    @Test("an answer on a connection that breaks is sent once more, and a refusal then means that it had arrived")
    func repeatedAnswer() {
        var machine = RuntimeMachine.posting("one")
        #expect(machine.receive(.broken(BrokenExchange(reason: .hungUp))).name == "connect 0.0 seconds")
        #expect(machine.receive(.connected).request?.name == "response")
        #expect(machine.receive(.answered(RuntimeReply(status: 403))).name == "next")
        #expect(machine.takeNotes().isEmpty)
    }

    @Test("an answer that breaks twice is given up, with a note")
    func lostAnswer() {
        var machine = RuntimeMachine.posting("one")
        for _ in 0..<2 {
            #expect(machine.receive(.broken(BrokenExchange(reason: .hungUp))).name == "connect 0.0 seconds")
            if case .lost = machine.takeNotes().last { break }
            _ = machine.receive(.connected)
        }
        #expect(machine.receive(.connected).name == "next")
    }

    @Test("a stream that breaks is not sent again: its bytes are gone")
    func brokenStream() {
        var machine = RuntimeMachine.handling("one")
        let action = machine.receive(.handled(.answer(.stream(StreamedAnswer(head: nil) { _ in }))))
        #expect(action.name == "stream response")
        _ = machine.receive(.broken(BrokenExchange(reason: .hungUp)))
        #expect(machine.takeNotes().count == 1)
        #expect(machine.receive(.connected).name == "next")
    }
}
