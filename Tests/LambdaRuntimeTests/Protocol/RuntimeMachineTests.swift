import NIOCore
import NIOHTTP1
import Testing

@testable import LambdaRuntime

/// What a worker does when all is well, and when an invocation fails.
@Suite("RuntimeMachine")
struct RuntimeMachineTests {
    @Test("it connects, polls, handles, answers and polls again, on one connection")
    func round() throws {
        var machine = RuntimeMachine(.sample)
        #expect(machine.receive(.started).name == "connect 0.0 seconds")
        #expect(machine.receive(.connected).name == "next")
        #expect(machine.receive(.answered(.event("one"))).name == "handle one")
        let post = machine.receive(.handled(.answer(.whole(ByteBuffer(string: "{}")))))
        #expect(try #require(post.request).path == "/2018-06-01/runtime/invocation/one/response")
        #expect(post.request?.body == ByteBuffer(string: "{}"))
        #expect(machine.receive(.answered(.accepted)).name == "next")
        #expect(machine.takeNotes().isEmpty)
    }

    @Test("the event goes to the handler with all that its headers say")
    func head() throws {
        var reply = RuntimeReply.event("one", body: "{}")
        reply.headers.add(contentsOf: [
            "Lambda-Runtime-Deadline-Ms": "1700000000000", "Lambda-Runtime-Invoked-Function-Arn": "arn:f:prod",
            "Lambda-Runtime-Trace-Id": "Root=1", "Lambda-Runtime-Aws-Tenant-Id": "t",
            "Lambda-Runtime-Client-Context": "{}",
            "Lambda-Runtime-Cognito-Identity": "{\"a\":1}", "Lambda-Runtime-Invocation-Id": "inv",
        ])
        var machine = RuntimeMachine.polling()
        guard case .handle(let head, let event) = machine.receive(.answered(reply)) else {
            Issue.record("no handling")
            return
        }
        #expect(head.deadline == InvocationDeadline(millisecondsSince1970: 1_700_000_000_000))
        #expect([head.functionARN, head.traceID, head.tenantID] == ["arn:f:prod", "Root=1", "t"])
        #expect([head.clientContext, head.cognitoIdentity, head.invocationID] == ["{}", "{\"a\":1}", "inv"])
        #expect(event == ByteBuffer(string: "{}"))
    }

    @Test(
        "all headers but the request id may be missing or nonsense",
        arguments: ["", "soon", "-5", "99999999999999999999"]
    )
    func lenient(deadline: String) {
        var reply = RuntimeReply.event("one")
        reply.headers.add(name: "Lambda-Runtime-Deadline-Ms", value: deadline)
        var machine = RuntimeMachine.polling()
        guard case .handle(let head, _) = machine.receive(.answered(reply)) else {
            Issue.record("no handling")
            return
        }
        #expect(head.deadline == nil)
    }

    @Test("the invocation id goes back with answers, errors and streams")
    func invocationID() {
        var reply = RuntimeReply.event("one")
        reply.headers.add(name: "Lambda-Runtime-Invocation-Id", value: "inv")
        let stream = StreamedAnswer(head: nil) { _ in }
        let outcomes: [HandlerOutcome] = [
            .answer(.whole(ByteBuffer())), .failure(.shuttingDown), .answer(.stream(stream)),
        ]
        for outcome in outcomes {
            var machine = RuntimeMachine.polling()
            _ = machine.receive(.answered(reply))
            #expect(machine.receive(.handled(outcome)).request?.headers["Lambda-Runtime-Invocation-Id"] == ["inv"])
        }
    }

    @Test("an error goes to the error path, by its type in a header and its text in JSON, and the loop goes on")
    func failure() throws {
        var machine = RuntimeMachine.handling("one")
        let action = machine.receive(.handled(.failure(ErrorReport(.function, "Sad", "no \"luck\"\n"))))
        let request = try #require(action.request)
        #expect(request.path.hasSuffix("/invocation/one/error"))
        #expect(request.headers["Lambda-Runtime-Function-Error-Type"] == ["Function.Sad"])
        let body = try #require(request.body)
        let json = #"{"errorType":"Function.Sad","errorMessage":"no \"luck\"\n","stackTrace":[]}"#
        #expect(String(buffer: body) == json)
        #expect(machine.takeNotes().count == 1)
        #expect(machine.receive(.answered(.accepted)).name == "next")
    }

    @Test("an answer of exactly the limit is posted, one byte more is refused before it is sent")
    func answerLimit() {
        var machine = RuntimeMachine.handling("one")
        let most = machine.receive(.handled(.answer(.whole(ByteBuffer(repeating: 0, count: 100)))))
        #expect(most.request?.name == "response")
        machine = .handling("one")
        let more = machine.receive(.handled(.answer(.whole(ByteBuffer(repeating: 0, count: 101)))))
        #expect(more.request?.headers["Lambda-Runtime-Function-Error-Type"] == ["Function.ResponseSizeTooLarge"])
        #expect(more.request?.body.map { String(buffer: $0).contains("101 bytes and 100 is the most (413)") } == true)
    }

    @Test("after the platform's own 413 no error is posted; the next event is asked for")
    func platformLimit() {
        var machine = RuntimeMachine.posting("one")
        #expect(machine.receive(.answered(RuntimeReply(status: 413))).name == "next")
        #expect(machine.takeNotes() == [.tooLargeForPlatform(InvocationHead(requestID: "one"))])
    }

    @Test("an answer that the platform does not take is noted, and the loop goes on", arguments: [400, 403, 404])
    func refused(status: Int) {
        var machine = RuntimeMachine.posting("one")
        #expect(machine.receive(.answered(RuntimeReply(status: status))).name == "next")
        let note = RuntimeNote.refused(InvocationHead(requestID: "one"), operation: "response", status: status)
        #expect(machine.takeNotes() == [note])
    }

    @Test("a failing container ends the process, but not on a managed instance")
    func containerError() {
        var machine = RuntimeMachine.posting("one")
        let end = machine.receive(.answered(RuntimeReply(status: 500)))
        #expect(end.name == "finish: the Runtime API answered response with 500")
        machine = .posting("one", .managed)
        #expect(machine.receive(.answered(RuntimeReply(status: 500))).name == "next")
    }

    @Test("when a handler overruns, its caller is told, then the handler is waited for, then the next event")
    func overrun() {
        var machine = RuntimeMachine.handling("one")
        let action = machine.receive(.overran)
        #expect(action.request?.headers["Lambda-Runtime-Function-Error-Type"] == ["Function.OutOfTime"])
        #expect(machine.receive(.answered(.accepted)).name == "join")
        #expect(machine.receive(.joined).name == "next")
    }
}
