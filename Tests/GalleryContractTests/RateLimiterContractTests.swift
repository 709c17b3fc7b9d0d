import Foundation
import GalleryAWS
import GalleryCore
import GalleryTesting
import Testing

@Suite("Every rate limiter")
struct RateLimiterContractTests {
    /// Where counts are kept.
    enum Backend: CaseIterable, Sendable {
        case memory
        case table(TableJudge)

        static var allCases: [Backend] { [.memory] + TableJudge.all.map(Backend.table) }

        func withLimiter(_ limit: RateLimit, _ body: (any RateLimiter) async throws -> Void) async throws {
            switch self {
            case .memory: try await body(MemoryRateLimiter(limit))
            case .table(let judge):
                try await judge.withTable { try await body(DynamoDBRateLimiter($0.catalog(), limit)) }
            }
        }
    }

    @Test(
        "lets a burst through, refuses the next, and lets one through when its time has come",
        arguments: Backend.allCases
    )
    func burst(backend: Backend) async throws {
        let now = Date()
        let limit = RateLimit(1, inSeconds: 10, burst: 3)
        try await backend.withLimiter(limit) { (limiter: any RateLimiter) async throws in
            let client = ClientKey(rawValue: "203.0.113.7")
            for left in [2, 1, 0] { #expect(try await limiter.take(client, at: now).remaining == left) }
            #expect(try await limiter.take(client, at: now).retryAfter == 10)
            #expect(try await limiter.take(ClientKey(rawValue: "2001:db8::/64"), at: now).retryAfter == nil)
            #expect(try await limiter.take(client, at: now.addingTimeInterval(10)).retryAfter == nil)
            #expect(try await limiter.take(client, at: now.addingTimeInterval(10)).retryAfter != nil)
        }
    }

    @Test("never lets more than the burst through, however many ask at once", arguments: Backend.allCases)
    func race(backend: Backend) async throws {
        let now = Date()
        try await backend.withLimiter(RateLimit(1, inSeconds: 60, burst: 5)) { limiter in
            let passed = try await withThrowingTaskGroup(of: Bool.self) { group in
                for _ in 0..<30 {
                    group.addTask { try await limiter.take(ClientKey(rawValue: "a"), at: now).retryAfter == nil }
                }
                return try await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
            }
            #expect((1...5).contains(passed))
        }
    }
}
