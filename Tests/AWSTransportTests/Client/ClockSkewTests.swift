import AWSTransport
import HTTPTypes
import SigV4
import Testing

@Suite("A clock that is off")
struct ClockSkewTests {
    private let clock = TestClock()
    private typealias Answer = ScriptedExchange.Answer
    private let request = AWSRequest(.get, target: "/")

    @Test(
        "a refusal for the date is corrected by the answer's date, for this request and all that follow",
        arguments: ["RequestTimeTooSkewed", "RequestExpired"]
    )
    func corrected(code: String) async throws {
        let serverTime = TestClock.start.plus(1200)
        let http = ScriptedExchange([Answer(403, errorDocument(code), headers: [.date: serverTime.httpDate]), Answer()])
        let client = try AWSClient.sample(http, clock)
        _ = try await client.collect(request, upTo: 10)
        _ = try await client.collect(request, upTo: 10)
        #expect(http.sent.map { $0["x-amz-date"] } == ["20250102T030405Z", "20250102T032405Z", "20250102T032405Z"])
        #expect(client.now() == serverTime)
        #expect(clock.sleeps.isEmpty)
    }

    @Test("where the answer has no date, the document's ServerTime serves")
    func serverTime() async throws {
        let document = errorDocument("RequestTimeTooSkewed", "<ServerTime>2025-01-02T02:44:05Z</ServerTime>")
        let http = ScriptedExchange([Answer(403, document), Answer()])
        let client = try AWSClient.sample(http, clock)
        _ = try await client.collect(request, upTo: 10)
        #expect(http.sent.last?["x-amz-date"] == "20250102T024405Z")
    }

    @Test("a refused signature with a date far from ours is dated again, one with our date is not")
    func signature() async throws {
        for (seconds, count) in [(900 as Int64, 2), (10, 1)] {
            let date = TestClock.start.plus(seconds).httpDate
            let http = ScriptedExchange([Answer(403, errorDocument("SignatureDoesNotMatch"), headers: [.date: date])])
            _ = try? await AWSClient.sample(http, TestClock()).collect(request, upTo: 10)
            #expect(http.sent.count == count)
        }
    }

    @Test("a refusal that stays is reported after one correction")
    func once() async throws {
        let http = ScriptedExchange { _, number in
            let date = TestClock.start.plus(Int64(number) * 1000).httpDate
            return Answer(403, errorDocument("RequestTimeTooSkewed"), headers: [.date: date])
        }
        let error = await #expect(throws: AWSError.self) {
            try await AWSClient.sample(http, clock).collect(request, upTo: 10)
        }
        #expect(error?.isClockSkew == true)
        #expect(http.sent.count == 2)
    }

    @Test("a successful answer's date is learned from, one out of a cache is not")
    func success() async throws {
        let date = TestClock.start.plus(-600).httpDate
        let http = ScriptedExchange([
            Answer(200, headers: [.date: date, .age: "600"]), Answer(200, headers: [.date: date]),
        ])
        let client = try AWSClient.sample(http, clock)
        _ = try await client.collect(request, upTo: 10)
        #expect(client.now() == TestClock.start)
        _ = try await client.collect(request, upTo: 10)
        #expect(client.now() == TestClock.start.plus(-600))
    }
}
