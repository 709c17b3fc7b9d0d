import Foundation
import HTTPTypes
import Hummingbird
import LambdaRuntime
import NIOCore
import Testing

@testable import LambdaWeb

@Suite("What is too large for a gateway")
struct LimitTests {
    private static func bytes(_ count: Int, type: String = "image/jpeg") -> EventBench {
        EventBench { _, _ in
            let body = ResponseBody(byteBuffer: ByteBuffer(repeating: 0xFF, count: count))
            return Response(status: .ok, headers: [.contentType: type], body: body)
        }
    }

    private func object(_ answer: [String: Any]) throws -> [String: Any] {
        let body = try #require(answer["body"] as? String)
        return try JSONSerialization.jsonObject(with: Data(body.utf8)) as? [String: Any] ?? [:]
    }

    @Test("an event of 6 MiB with a file in base64 arrives whole; one byte more is refused with limit and way out")
    func events() async throws {
        let frame = try JSONSerialization.data(withJSONObject: Events.http(["body": "@", "isBase64Encoded": true]))
        let room = WebEvent.byteLimit - frame.count + 1
        func event(_ count: Int) -> ByteBuffer {
            let halves = String(decoding: frame, as: UTF8.self).split(separator: "@")
            var text = ByteBuffer(string: String(halves[0]))
            text.writeRepeatingByte(UInt8(ascii: "A"), count: count)
            text.writeString(String(halves[1]))
            return text
        }
        let bench = EventBench { request, _ in
            let body = try await request.body.collect(upTo: 8 << 20)
            return Response(
                status: .ok,
                headers: [.contentType: "text/plain"],
                body: .init(byteBuffer: .init(string: "\(body.readableBytes)"))
            )
        }
        let whole = room / 4 * 4
        #expect(event(room).readableBytes == WebEvent.byteLimit)
        #expect(try await bench.answer(text: event(whole))["body"] as? String == "\(whole / 4 * 3)")
        let refused = try await bench.answer(text: event(whole + 4))
        #expect(refused["statusCode"] as? Int == 413)
        let problem = try object(refused)
        #expect(problem["code"] as? String == "too-large" && problem["limit"] as? Int == 6 * 1024 * 1024)
        #expect((problem["detail"] as? String)?.contains("POST /api/uploads") == true)
    }

    @Test("an answer that does not fit is a problem that says the limit", arguments: [false, true])
    func answers(isBalancer: Bool) async throws {
        let event = isBalancer ? Events.balancer() : Events.http()
        let limit = isBalancer ? 1024 * 1024 : 6 * 1024 * 1024 + 100
        let answer = try await Self.bytes(limit / 4 * 3).answer(event)
        #expect(answer["statusCode"] as? Int == 500)
        let problem = try object(answer)
        #expect(problem["code"] as? String == "answer-too-large" && problem["limit"] as? Int == limit)
    }

    @Test("the largest answer that fits is not a byte over the platform's limit")
    func largestAnswer() throws {
        let response = Response(status: .ok, headers: [.contentType: "image/jpeg"])
        var count = EventKind.httpAPI.answerLimit / 4 * 3
        while WholeAnswer(response, body: ByteBuffer(repeating: 0, count: count), kind: .httpAPI) == nil { count -= 1 }
        let fits = WholeAnswer(response, body: ByteBuffer(repeating: 0, count: count), kind: .httpAPI)
        let byteCount = try #require(fits?.document.readableBytes)
        #expect((EventKind.httpAPI.answerLimit - 3...EventKind.httpAPI.answerLimit).contains(byteCount))
    }

    @Test("a client that asked by GET is sent to where the bytes are, when somebody knows")
    func elsewhere() async throws {
        var bench = Self.bytes(6 << 20)
        bench.configuration = LambdaWebConfiguration { "https://cdn.example\($0.uri.path)" }
        let answer = try await bench.answer(Events.http())
        #expect(answer["statusCode"] as? Int == 303)
        #expect((answer["headers"] as? [String: String])?["Location"] == "https://cdn.example/gallery")
        #expect(try await bench.answer(Events.http(method: "POST"))["statusCode"] as? Int == 500)
    }

    @Test("a body without a known length is given up when it outgrows the limit, not when it ends")
    func endless() async throws {
        let bench = EventBench { _, _ in
            Response(
                status: .ok,
                body: ResponseBody { writer in
                    while true { try await writer.write(ByteBuffer(repeating: 0, count: 1 << 20)) }
                }
            )
        }
        #expect(try await bench.answer(Events.url())["statusCode"] as? Int == 500)
    }

    @Test("text that grows by its escapes is measured as it is written")
    func escapedText() async throws {
        let answer = try await Self.bytes(0).answer(Events.http())
        #expect(answer["statusCode"] as? Int == 200)
        let bench = EventBench { _, _ in
            let body = ResponseBody(byteBuffer: ByteBuffer(repeating: 1, count: 1_100_000))
            return Response(status: .ok, headers: [.contentType: "text/plain"], body: body)
        }
        #expect(try await bench.answer(Events.http())["statusCode"] as? Int == 500)
    }

    @Test("with response streaming the same answer goes out piece by piece, without a limit")
    func streaming() async throws {
        let handler = LambdaWebHandler(
            responder: CallbackResponder(callback: Self.bytes(7 << 20).respond),
            configuration: LambdaWebConfiguration(streamsAnswers: true)
        )
        let event = ByteBuffer(bytes: try JSONSerialization.data(withJSONObject: Events.url()))
        guard case .stream(let answer) = try await handler.answer(event, EventBench.invocation) else {
            Issue.record("not streamed")
            return
        }
        #expect(answer.head?.status == 200 && answer.head?.headers["Content-Type"] == "image/jpeg")
        let collected = CollectedBody(limit: 8 << 20)
        try await answer.body(AnswerWriter { try await collected.write($0) })
        #expect(collected.bytes.readableBytes == 7 << 20)
    }
}
