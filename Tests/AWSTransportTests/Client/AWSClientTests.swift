import AWSTransport
import HTTPTypes
import NIOCore
import SigV4
import Synchronization
import Testing

@Suite("The client")
struct AWSClientTests {
    private let clock = TestClock()
    private typealias Answer = ScriptedExchange.Answer

    @Test("signs what it sends: date, payload, token, authorization over host and headers")
    func signs() async throws {
        let http = ScriptedExchange([Answer()])
        let client = try AWSClient.sample(http, clock, credentials: StaticCredentials(.temporary("ASIA")))
        var request = AWSRequest(
            .put,
            target: "/a%20b?x=1",
            headers: [.contentType: "image/png"],
            host: "b.example.org"
        )
        request.body = .bytes(ByteBuffer(string: "abc"))
        request.payload = .digest(of: "abc".utf8)
        _ = try await client.collect(request, upTo: 10)
        let sent = try #require(http.sent.first)
        #expect(sent.line == "PUT https://b.example.org/a%20b?x=1")
        #expect(sent.body == "abc")
        #expect(sent["x-amz-date"] == "20250102T030405Z")
        #expect(sent["x-amz-security-token"] == "token-ASIA")
        #expect(
            sent["x-amz-content-sha256"] == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        )
        let authorization = try #require(sent["authorization"])
        #expect(authorization.hasPrefix("AWS4-HMAC-SHA256 Credential=ASIA/20250102/us-east-1/s3/aws4_request, "))
        #expect(authorization.contains("content-type;host;x-amz-content-sha256;x-amz-date;x-amz-security-token"))
        let signable = SignableRequest(
            method: .put,
            host: "b.example.org",
            target: "/a%20b?x=1",
            headers: [.contentType: "image/png"]
        )
        let signer = Signer(credentials: .temporary("ASIA"), region: "us-east-1")
        #expect(signer.sign(signable, payload: request.payload, at: TestClock.start).headers == sent.request.headers)
    }

    @Test("without credentials it signs nothing")
    func unsigned() async throws {
        let http = ScriptedExchange([Answer()])
        let client = try AWSClient.sample(http, clock, credentials: nil)
        _ = try await client.collect(AWSRequest(.get, target: "/"), upTo: 10)
        #expect(http.sent.first?.request.headers.isEmpty == true)
        await #expect(throws: AWSError.self) { try await client.signer() }
    }

    @Test("success and 304 are read, every other status is an error with code, message and ids")
    func statuses() async throws {
        for status in [200, 204, 206, 304] {
            let client = try AWSClient.sample(ScriptedExchange([Answer(status)]), clock)
            let answer = try await client.collect(AWSRequest(.get, target: "/"), upTo: 10)
            #expect(answer.status.code == status)
        }
        let document = errorDocument("NoSuchKey", "<Key>k</Key><RequestId>R</RequestId><HostId>H</HostId>")
        for status in [301, 307, 404, 412] {
            let client = try AWSClient.sample(ScriptedExchange([Answer(status, document)]), clock)
            let error = await #expect(throws: AWSError.self) {
                try await client.collect(AWSRequest(.get, target: "/"), upTo: 10)
            }
            #expect(error?.kind == .service)
            #expect(error?.status == status)
            #expect(error?.code == "NoSuchKey")
            #expect(error?.message == "Because.")
            #expect(error?.requestID == "R")
            #expect(error?.hostID == "H")
            #expect(error?.fields["Key"] == "k")
        }
    }

    @Test("a reset, a 500 and then success: each wait is longer, each attempt dated anew, the body sent again")
    func retries() async throws {
        let http = ScriptedExchange { _, number in
            switch number {
            case 1: throw AWSError(.transport, "reset")
            case 2: return Answer(500, errorDocument("InternalError"))
            default: return Answer(200, "done")
            }
        }
        let opened = Mutex(0)
        var request = AWSRequest(.put, target: "/k")
        request.body = .stream(byteCount: 5) {
            opened.withLock { $0 += 1 }
            var pieces = [ByteBuffer(string: "he"), ByteBuffer(string: "llo")].makeIterator()
            return AWSBodyReader { pieces.next() }
        }
        clock.advance(by: .milliseconds(900))
        let answer = try await AWSClient.sample(http, clock).collect(request, upTo: 10)
        #expect(String(buffer: answer.body) == "done")
        #expect(clock.sleeps == [.milliseconds(50), .milliseconds(100)])
        #expect(http.sent.map(\.body) == ["hello", "hello", "hello"])
        #expect(opened.withLock { $0 } == 3)
        #expect(http.sent.map { $0["x-amz-date"] } == ["20250102T030405Z", "20250102T030405Z", "20250102T030406Z"])
    }

    @Test("the last error is the one reported, and Retry-After is honoured")
    func exhausted() async throws {
        let http = ScriptedExchange([Answer(503, errorDocument("SlowDown"), headers: [.retryAfter: "2"])])
        let error = await #expect(throws: AWSError.self) {
            try await AWSClient.sample(http, clock).collect(AWSRequest(.get, target: "/"), upTo: 10)
        }
        #expect(error?.code == "SlowDown")
        #expect(http.sent.count == 3)
        #expect(clock.sleeps == [.seconds(2), .seconds(2)])
    }

    @Test("x-amz-retry-after is in milliseconds, Retry-After may be a date, nonsense is ignored")
    func retryAfterForms() async throws {
        let amz = HTTPField.Name.named("x-amz-retry-after")
        let forms: [(HTTPFields, Duration)] = [
            ([amz: "1500"], .milliseconds(1500)), ([.retryAfter: "Thu, 02 Jan 2025 03:04:15 GMT"], .seconds(10)),
            ([.retryAfter: "Thu, 02 Jan 2025 03:04:00 GMT"], .milliseconds(250)),
            ([.retryAfter: "-5"], .milliseconds(250)), ([.retryAfter: "99999999999999999999"], .milliseconds(250)),
        ]
        for (headers, expected) in forms {
            let clock = TestClock()
            let http = ScriptedExchange([Answer(503, errorDocument("SlowDown"), headers: headers), Answer()])
            _ = try await AWSClient.sample(http, clock).collect(AWSRequest(.get, target: "/"), upTo: 10)
            #expect(clock.sleeps == [expected], "\(headers)")
        }
    }

    @Test("when most requests fail, retries stop, and come back with success")
    func quota() async throws {
        let isDown = Mutex(true)
        let http = ScriptedExchange { _, _ in isDown.withLock { $0 } ? Answer(500) : Answer() }
        let client = try AWSClient.sample(http, clock)
        let request = AWSRequest(.get, target: "/")
        for _ in 0..<50 { _ = try? await client.collect(request, upTo: 10) }
        #expect(http.sent.count == 150)
        _ = try? await client.collect(request, upTo: 10)
        #expect(http.sent.count == 151)
        isDown.withLock { $0 = false }
        for _ in 0..<5 { _ = try await client.collect(request, upTo: 10) }
        isDown.withLock { $0 = true }
        _ = try? await client.collect(request, upTo: 10)
        #expect(http.sent.count == 158)
    }

    @Test("an answer that breaks off is asked for again when it is collected")
    func cutAnswer() async throws {
        let http = ScriptedExchange([Answer(200, "ha", cut: AWSError(.transport, "reset")), Answer(200, "half")])
        let answer = try await AWSClient.sample(http, clock).collect(AWSRequest(.get, target: "/"), upTo: 10)
        #expect(String(buffer: answer.body) == "half")
    }

    @Test("an answer that breaks off while the caller reads it is not: bytes may have been passed on")
    func cutStream() async throws {
        let http = ScriptedExchange([Answer(200, "ha", cut: AWSError(.transport, "reset")), Answer(200, "half")])
        let error = await #expect(throws: AWSError.self) {
            try await AWSClient.sample(http, clock).send(AWSRequest(.get, target: "/")) { response in
                for try await _ in response.body {}
            }
        }
        #expect(error?.kind == .transport)
        #expect(http.sent.count == 1)
    }

    @Test("an error that the caller throws while reading comes out as it is")
    func readerThrows() async throws {
        struct Mine: Error, Equatable {}
        let http = ScriptedExchange([Answer()])
        await #expect(throws: Mine()) {
            try await AWSClient.sample(http, clock).send(AWSRequest(.get, target: "/")) { _ in throw Mine() }
        }
        #expect(http.sent.count == 1)
    }

    @Test("a larger answer than expected is refused, not kept")
    func bounded() async throws {
        let http = ScriptedExchange([Answer(200, "0123456789A")])
        let error = await #expect(throws: AWSError.self) {
            try await AWSClient.sample(http, clock).collect(AWSRequest(.get, target: "/"), upTo: 10)
        }
        #expect(error?.kind == .badAnswer)
        #expect(http.sent.count == 1)
    }

    @Test("a refusal whose explanation breaks off or does not end is still that refusal")
    func brokenRefusal() async throws {
        let cut = ScriptedExchange([Answer(403, "<Err", cut: AWSError(.transport, "reset"))])
        var endless = Answer(403)
        endless.pieces = Array(repeating: String(repeating: "x", count: 65_536), count: 1000)
        for http in [cut, ScriptedExchange([endless])] {
            let error = await #expect(throws: AWSError.self) {
                try await AWSClient.sample(http, clock).collect(AWSRequest(.get, target: "/"), upTo: 10)
            }
            #expect(error?.status == 403)
            #expect(error?.code == nil)
        }
    }

    @Test("a cancelled request ends with CancellationError, without another attempt")
    func cancelled() async throws {
        let http = ScriptedExchange { _, _ in throw AWSError(.cancelled, "") }
        await #expect(throws: CancellationError.self) {
            try await AWSClient.sample(http, clock).collect(AWSRequest(.get, target: "/"), upTo: 10)
        }
        #expect(http.sent.count == 1)
    }
}
