import Foundation
import HTTPTypes
import Hummingbird
import LambdaRuntime
import NIOCore
import Testing

@testable import LambdaWeb

@Suite("Events that make no sense")
struct BadEventTests {
    @Test(
        "what is no HTTP request is thrown back with words",
        arguments: [
            ("", "JSON"), ("not json", "JSON"), ("[]", "no HTTP request"), ("null", "no HTTP request"),
            ("{}", "no HTTP request"),
            (#"{"hello":"world"}"#, "no HTTP request"),
            (#"{"Records":[{"eventSource":"aws:s3"}]}"#, "a queue or a bucket"),
            (#"{"detail-type":"Scheduled Event","source":"aws.events"}"#, "EventBridge"),
            (#"{"version":"2.0""#, "in the middle"),
        ]
    )
    func thrown(text: String, words: String) async throws {
        let error = await #expect(throws: InvalidEvent.self) {
            try await EventBench().answer(text: ByteBuffer(string: text))
        }
        #expect(error?.reason.contains(words) == true, "\(error?.reason ?? "")")
    }

    @Test("an event that was cut at 6 MiB says so")
    func cut() async {
        var text = ByteBuffer(string: #"{"version":"2.0","body":""#)
        text.writeRepeatingByte(UInt8(ascii: "A"), count: WebEvent.byteLimit)
        let cut = text
        let error = await #expect(throws: InvalidEvent.self) { try await EventBench().answer(text: cut) }
        #expect(error?.reason.contains("cut off at") == true)
    }

    private static var badFields: [(field: String, event: [String: Any])] {
        [
            ("path", Events.rest(["path": 5])), ("path", Events.rest(["path": NSNull()])),
            ("httpMethod", Events.rest(["httpMethod": ["GET"]])), ("httpMethod", Events.rest(["httpMethod": "GE T"])),
            ("headers", Events.rest(["headers": "x"])), ("headers.a", Events.rest(["headers": ["a": 1]])),
            ("multiValueHeaders.a", Events.rest(["multiValueHeaders": ["a": [1]]])),
            ("queryStringParameters", Events.rest(["queryStringParameters": [1]])),
            ("requestContext", Events.rest(["requestContext": "x"])),
            ("requestContext.identity.sourceIp", Events.rest(["requestContext": ["identity": ["sourceIp": 1]]])),
            ("body", Events.rest(["body": ["x": 1]])),
            ("isBase64Encoded", Events.rest(["body": "x", "isBase64Encoded": "yes"])),
            ("body", Events.rest(["body": "@@@@", "isBase64Encoded": true])),
            ("body", Events.rest(["body": "AAAAA", "isBase64Encoded": true])),
            ("rawPath", Events.http(["rawPath": true])), ("rawQueryString", Events.http(["rawQueryString": [1]])),
            ("cookies", Events.http(["cookies": "a=1"])), ("cookies", Events.http(["cookies": [1]])),
            ("requestContext.http.method", Events.http(["requestContext": ["http": ["path": "/"]]])),
            ("requestContext.http", Events.http(["requestContext": ["http": "x"]])),
            ("requestContext", Events.http(["requestContext": 5])),
            ("headers", Events.balancer(["headers": [1]])), ("path", Events.balancer(["path": ["/"]])),
        ]
    }

    @Test("a field of the wrong type is answered by 400, with its name", arguments: badFields.indices)
    func answered(index: Int) async throws {
        let (field, event) = Self.badFields[index]
        let answer = try await EventBench().answer(event)
        #expect(answer["statusCode"] as? Int == 400, "\(field)")
        let body = try #require(answer["body"] as? String)
        let problem = try JSONSerialization.jsonObject(with: Data(body.utf8)) as? [String: Any]
        #expect(problem?["code"] as? String == "bad-event")
        #expect((problem?["detail"] as? String)?.contains("`\(field)`") == true, "\(body)")
    }

    @Test(
        "a header that would end its line is refused",
        arguments: [
            ("a", "x\r\nSet-Cookie: y"), ("a", "x\ny"), ("a", "\u{0}"), ("a", "\u{7F}"), ("a b", "x"), ("a:", "x"),
            (":path", "x"), ("", "x"), ("ä", "x"), ("a\r\n", "x"),
        ]
    )
    func injection(name: String, value: String) async throws {
        let events = [
            Events.rest(["multiValueHeaders": [name: [value]]]), Events.http(["headers": [name: value]]),
            Events.url(["headers": [name: value]]), Events.balancer(["headers": [name: value]]),
            Events.balancer(["multiValueHeaders": [name: [value]]], multiValue: true),
        ]
        for event in events { #expect(try await EventBench().answer(event)["statusCode"] as? Int == 400) }
        let cookie = Events.http(["cookies": ["a=1\r\nx: y"]])
        #expect(try await EventBench().answer(cookie)["statusCode"] as? Int == 400)
    }

    @Test("a refusal of HEAD has no body")
    func head() async throws {
        let answer = try await EventBench().answer(Events.http(["cookies": 1], method: "HEAD"))
        #expect(answer["statusCode"] as? Int == 400 && answer["body"] as? String == "")
    }

    @Test("events with anything anywhere are answered or thrown back, and never crash", arguments: 0..<400)
    func fuzzedValues(seed: UInt64) async throws {
        var random = SeededRandom(seed: seed)
        let event = Self.spoil(Events.all[Int(seed) % Events.all.count].event, &random)
        await Self.survives(ByteBuffer(bytes: try JSONSerialization.data(withJSONObject: event)))
    }

    @Test("events with changed bytes are answered or thrown back, and never crash", arguments: 0..<400)
    func fuzzedBytes(seed: UInt64) async throws {
        var random = SeededRandom(seed: seed)
        let whole = Events.all[Int(seed) % Events.all.count].event.merging(["body": "a=1&ä=\"\\"]) { $1 }
        var bytes = Array(try JSONSerialization.data(withJSONObject: whole))
        for _ in 0..<Int.random(in: 1...6, using: &random) {
            let place = Int.random(in: bytes.indices, using: &random)
            bytes[place] = UInt8.random(in: 0...255, using: &random)
        }
        await Self.survives(ByteBuffer(bytes: bytes))
    }

    private static func survives(_ event: ByteBuffer) async {
        do {
            let status = try await EventBench().answer(text: event)["statusCode"] as? Int
            #expect([200, 400, 415].contains(status))
        } catch {
            #expect(error is InvalidEvent, "\(error)")
        }
    }

    /// Puts something else to one or several places of an event.
    private static func spoil(_ event: [String: Any], _ random: inout SeededRandom) -> [String: Any] {
        let odd: [Any] = [
            NSNull(), 0, -1.5, true, "", "\u{0}\r\n", "%zz", "😀", [Any](), [NSNull()], ["x"], [String: Any](),
            ["a": ["b": 1]],
            String(repeating: "x", count: 3000), "$default", "2.0",
        ]
        var event = event
        for _ in 0..<Int.random(in: 1...4, using: &random) {
            guard let key = event.keys.sorted().randomElement(using: &random) else { break }
            if let inner = event[key] as? [String: Any], Bool.random(using: &random) {
                event[key] = spoil(inner, &random)
            } else {
                event[key] = odd[Int.random(in: odd.indices, using: &random)]
            }
        }
        return event
    }
}
