import Foundation
import HTTPTypes
import Hummingbird
import LambdaRuntime
import NIOCore
import Testing

@testable import LambdaWeb

@Suite("From response to answer")
struct AnswerTests {
    private static let twoCookies: @Sendable (Request, LambdaRequestContext) async throws -> Response = { _, _ in
        var headers: HTTPFields = [.contentType: "text/html; charset=utf-8", .connection: "close"]
        headers.append(HTTPField(name: .setCookie, value: "a=1; Expires=Sun, 22 Nov 2026 19:00:00 GMT"))
        headers.append(HTTPField(name: .setCookie, value: "b=2"))
        headers.append(HTTPField(name: .vary, value: "Accept"))
        headers.append(HTTPField(name: .vary, value: "Origin"))
        return Response(status: .ok, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(string: "<p>\"ä\"\n")))
    }

    private func headers(_ answer: [String: Any], _ name: String) -> [String]? {
        let lists = answer["multiValueHeaders"] as? [String: [String]] ?? [:]
        let single = answer["headers"] as? [String: String] ?? [:]
        return lists[name] ?? single[name].map { [$0] }
    }

    @Test("payload 1.0 has lists for what is repeated")
    func rest() async throws {
        let answer = try await EventBench(respond: Self.twoCookies).answer(Events.rest())
        #expect(answer["statusCode"] as? Int == 200 && answer["isBase64Encoded"] as? Bool == false)
        #expect(headers(answer, "Set-Cookie")?.count == 2 && headers(answer, "Vary") == ["Accept", "Origin"])
        #expect(answer["body"] as? String == "<p>\"ä\"\n")
        #expect(headers(answer, "Connection") == nil && headers(answer, "Content-Length") == nil)
    }

    @Test("payload 2.0 has cookies of their own, and joins the rest")
    func second() async throws {
        for event in [Events.http(), Events.url()] {
            let answer = try await EventBench(respond: Self.twoCookies).answer(event)
            #expect((answer["cookies"] as? [String])?.count == 2)
            #expect(headers(answer, "Set-Cookie") == nil && headers(answer, "Vary") == ["Accept, Origin"])
            #expect(answer["multiValueHeaders"] == nil)
        }
    }

    @Test("a load balancer gets the flavour that it sent, and both cookies in each")
    func balancers() async throws {
        let bench = EventBench(respond: Self.twoCookies)
        let lists = try await bench.answer(Events.balancer(multiValue: true))
        #expect((lists["headers"] as? [String: String])?.isEmpty == true)
        #expect(headers(lists, "Set-Cookie")?.count == 2 && headers(lists, "Date")?.count == 1)
        #expect(lists["statusDescription"] as? String == "200 OK")
        let single = try await bench.answer(Events.balancer())
        #expect(single["multiValueHeaders"] == nil)
        let names = (single["headers"] as? [String: String] ?? [:]).keys.filter { $0.lowercased() == "set-cookie" }
        #expect(names.count == 2)
    }

    @Test(
        "what is no text goes out in base64",
        arguments: [
            ("image/png", [0x89, 0x50, 0x4E, 0x47], true), ("text/plain", [0xFF, 0x41], true),
            ("text/plain", [0x41], false),
            ("application/problem+json", [0x7B, 0x7D], false), ("image/svg+xml", [0x3C], false),
            ("image/png", [], false),
            ("application/octet-stream", [0x41], true), ("text/plain; charset=utf-8", [0x00, 0x22, 0x5C, 0x7F], false),
        ] as [(String, [UInt8], Bool)]
    )
    func binary(type: String, bytes: [UInt8], isBase64: Bool) async throws {
        let bench = EventBench { _, _ in
            Response(
                status: .ok,
                headers: [.contentType: type],
                body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes))
            )
        }
        let answer = try await bench.answer(Events.url())
        let body = try #require(answer["body"] as? String)
        #expect(answer["isBase64Encoded"] as? Bool == isBase64)
        #expect((isBase64 ? Data(base64Encoded: body) : Data(body.utf8)) == Data(bytes))
    }

    @Test("HEAD has the length and no body")
    func head() async throws {
        let answer = try await EventBench(respond: Self.twoCookies).answer(Events.http(method: "HEAD"))
        #expect(answer["body"] as? String == "" && headers(answer, "Content-Length") == ["8"])
    }

    @Test("a response that is made piece by piece comes out whole, and has a date")
    func pieces() async throws {
        let bench = EventBench { _, _ in
            Response(
                status: .partialContent,
                body: ResponseBody { writer in
                    for piece in ["a", "b", "c"] { try await writer.write(ByteBuffer(string: piece)) }
                    try await writer.finish(nil)
                }
            )
        }
        let answer = try await bench.answer(Events.rest())
        #expect(answer["body"] as? String == Data("abc".utf8).base64EncodedString())
        #expect(answer["statusCode"] as? Int == 206)
        let date = try #require(headers(answer, "Date")?.first)
        #expect(date.hasSuffix(" GMT") && date.count == 29)
    }

    @Test("nothing that a response says can add a field or end the JSON")
    func injection() async throws {
        let bench = EventBench { _, _ in
            Response(status: .ok, headers: [.location: "/a\r\nSet-Cookie: x=1\",\"evil\":\"1"])
        }
        for (_, event) in Events.all {
            let answer = try await bench.answer(event)
            let location = try #require(headers(answer, "Location")?.first)
            #expect(!location.contains("\r") && !location.contains("\n") && answer["evil"] == nil)
        }
    }

    @Test("the request's id is the invocation's, and the address reaches the route")
    func context() async throws {
        let answer = try await EventBench().answer(Events.http())
        #expect(answer["body"] as? String == "GET /gallery \(EventBench.requestID) 192.0.2.8")
    }

    @Test("an error that nobody knows is answered by 500 with the id and nothing else")
    func unknownError() async throws {
        struct Secret: Error {}
        let answer = try await EventBench { _, _ in throw Secret() }.answer(Events.http())
        #expect(answer["statusCode"] as? Int == 500)
        let body = try #require(answer["body"] as? String)
        #expect(body.contains(EventBench.requestID) && !body.contains("Secret"))
    }

    @Test("an error in the middle of a body is answered by 500 as well")
    func errorInBody() async throws {
        struct Broken: Error {}
        let bench = EventBench { _, _ in
            Response(
                status: .ok,
                body: ResponseBody { writer in
                    try await writer.write(ByteBuffer(string: "half"))
                    throw Broken()
                }
            )
        }
        #expect(try await bench.answer(Events.http())["statusCode"] as? Int == 500)
    }

    @Test("being called off is not an answer")
    func cancelled() async {
        await #expect(throws: CancellationError.self) {
            try await EventBench { _, _ in throw CancellationError() }.answer(Events.http())
        }
    }

    @Test("dates are written as HTTP has them")
    func dates() {
        for (milliseconds, text) in [
            (0, "Thu, 01 Jan 1970 00:00:00 GMT"), (1_795_374_000_999, "Sun, 22 Nov 2026 19:00:00 GMT"),
            (951_782_400_000, "Tue, 29 Feb 2000 00:00:00 GMT"), (-1, "Wed, 31 Dec 1969 23:59:59 GMT"),
        ] as [(Int64, String)] {
            #expect(WallTime(milliseconds: milliseconds).messageDate == text)
        }
    }
}
