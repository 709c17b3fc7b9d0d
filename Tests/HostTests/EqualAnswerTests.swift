import Synchronization
import Testing

/// The claim of the project: one router answers the same wherever it stands.
@Suite("One HTTP suite on every host", .serialized, Tally())
struct EqualAnswerTests {
    @Test("every host gives the server's answers, but for the date and the request's id", arguments: HostCase.all)
    func equal(hostCase: HostCase) async throws {
        let expected = try await Host.server.run(hostCase.script, hostCase.setting)
        #expect(!expected.isEmpty)
        for host in Host.allCases where host != .server && !hostCase.excepted.contains(host) {
            let found = try await host.run(hostCase.script, hostCase.setting)
            #expect(found.count == expected.count, "\(host.rawValue)")
            for (server, other) in zip(expected, found) {
                let one = server.reply.comparable(to: server.call)
                let two = other.reply.comparable(to: other.call)
                let asked = "\(server.call.method) \(server.call.target.prefix(200))"
                if one != two { Issue.record("\(host.rawValue): \(asked)\nserver: \(one)\n\nhere: \(two)") }
                #expect(!one.lengthIsWrong && !two.lengthIsWrong, "\(asked)")
                #expect(two.status == other.reply.status && other.reply.headers["date"]?.count == 1, "\(asked)")
            }
        }
        Tally.count(requests: expected.count, hosts: Host.allCases.count - hostCase.excepted.count)
    }
}

/// Counts what was compared, and says so when all is done.
struct Tally: SuiteTrait, TestScoping {
    private static let counted = Mutex((cases: 0, requests: 0, answers: 0))

    static func count(requests: Int, hosts: Int) {
        counted.withLock { $0 = ($0.cases + 1, $0.requests + requests, $0.answers + requests * hosts) }
    }

    @concurrent func provideScope(
        for test: Test,
        testCase: Test.Case?,
        performing function: @concurrent () async throws -> Void
    ) async throws {
        try await function()
        let (cases, requests, answers) = Self.counted.withLock { $0 }
        let hosts = Host.allCases.map(\.rawValue).joined(separator: ", ")
        print("HostTests: \(cases) cases, \(requests) requests, \(answers) answers on: \(hosts).")
    }
}
