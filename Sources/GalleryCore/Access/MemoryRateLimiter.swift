import Synchronization

#if canImport(FoundationEssentials)
    package import FoundationEssentials
#else
    package import Foundation
#endif

/// Limits clients of one process.
///
/// A class, for all copies of what uses it share it.
package final class MemoryRateLimiter: RateLimiter {
    private let limit: RateLimit
    private let capacity: Int
    private let dues = Mutex<[String: Int64]>([:])

    /// Makes a limiter.
    ///
    /// - Parameters:
    ///   - limit: The limit.
    ///   - capacity: The most clients that are remembered. When more come at once, those who used least are forgotten
    ///     first: an attacker with many addresses gains no more than the burst of each.
    package init(_ limit: RateLimit, capacity: Int = 100_000) {
        self.limit = limit
        self.capacity = max(capacity, 1)
    }

    package func take(_ client: ClientKey, at now: Date) async throws(GalleryError) -> RateDecision {
        let now = Int64((now.timeIntervalSince1970 * 1000).rounded(.down))
        return dues.withLock { dues in
            let (due, decision) = limit.decide(due: dues[client.rawValue], now: now)
            dues[client.rawValue] = due
            if dues.count > capacity { forget(&dues, now: now) }
            return decision
        }
    }

    /// How many clients are remembered.
    package var count: Int { dues.withLock(\.count) }

    /// Drops those who have used nothing, and of the others the half that used least, if they are still too many.
    private func forget(_ dues: inout [String: Int64], now: Int64) {
        dues = dues.filter { $0.value > now }
        guard dues.count > capacity else { return }
        let middle = dues.values.sorted()[dues.count / 2]
        dues = dues.filter { $0.value > middle }
    }
}
