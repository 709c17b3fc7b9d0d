import AWSTransport
import HTTPTypes
import SigV4
import Synchronization
import Testing

@Suite("Credentials that a service calls expired")
struct RenewedCredentialsTests {
    private let clock = TestClock()
    private typealias Answer = ScriptedExchange.Answer
    private let request = AWSRequest(.get, target: "/")

    /// Gives `KEY1`, and after each refresh the next.
    private func rotating() -> CachedCredentials {
        let number = Mutex(0)
        return CachedCredentials { _ throws(AWSError) in
            .temporary("KEY\(number.withLock { $0 += 1; return $0 })", until: TestClock.start.plus(3600))
        }
    }

    @Test("are fetched anew once, and the request is sent again", arguments: ["ExpiredToken", "InvalidAccessKeyId"])
    func renewed(code: String) async throws {
        let http = ScriptedExchange([Answer(400, errorDocument(code)), Answer()])
        let client = try AWSClient.sample(http, clock, credentials: rotating())
        _ = try await client.collect(request, upTo: 10)
        #expect(http.sent.map { $0["x-amz-security-token"] } == ["token-KEY1", "token-KEY2"])
        #expect(clock.sleeps.isEmpty)
    }

    @Test("are fetched anew once only")
    func once() async throws {
        let http = ScriptedExchange([Answer(400, errorDocument("ExpiredToken"))])
        let error = await #expect(throws: AWSError.self) {
            try await AWSClient.sample(http, clock, credentials: rotating()).collect(request, upTo: 10)
        }
        #expect(error?.code == "ExpiredToken")
        #expect(http.sent.count == 2)
    }

    @Test("are reported when there are no others")
    func noOthers() async throws {
        let http = ScriptedExchange([Answer(403, errorDocument("InvalidAccessKeyId"))])
        let error = await #expect(throws: AWSError.self) {
            try await AWSClient.sample(http, clock).collect(request, upTo: 10)
        }
        #expect(error?.code == "InvalidAccessKeyId")
        #expect(http.sent.count == 1)
    }
}
