import DynamoDB
package import GalleryCore

#if canImport(FoundationEssentials)
    package import FoundationEssentials
#else
    package import Foundation
#endif

/// Limits clients of all processes that share a table: one small item a client, which expires with what it remembers.
package struct DynamoDBRateLimiter: RateLimiter {
    private let catalog: DynamoDBImageCatalog
    private let limit: RateLimit

    /// How often a count begins anew because the same client was counted elsewhere meanwhile; whoever asks that much at
    /// once is refused.
    private static let maximumRounds = 5

    /// Makes a limiter; nothing is sent yet.
    ///
    /// - Parameters:
    ///   - catalog: Whose table it writes to.
    ///   - limit: The limit.
    package init(_ catalog: DynamoDBImageCatalog, _ limit: RateLimit) {
        self.catalog = catalog
        self.limit = limit
    }

    package func take(_ client: ClientKey, at now: Date) async throws(GalleryError) -> RateDecision {
        try await catalog.attempt("count request") {
            for _ in 0..<Self.maximumRounds {
                if let decision = try await takeOnce(client, at: now) { return decision }
            }
            return RateDecision(limit: limit, remaining: 0, reset: 1, retryAfter: 1)
        }
    }

    /// Counts, unless the client was counted elsewhere meanwhile.
    private func takeOnce(_ client: ClientKey, at now: Date) async throws -> RateDecision? {
        let key = CatalogKey.rate(client)
        let item = try await catalog.client.item(key, in: catalog.table)
        let known = try item.map { try CatalogItem($0).integer(CatalogItem.Name.end) }
        let (due, decision) = limit.decide(due: known, now: now.milliseconds)
        guard decision.retryAfter == nil else { return decision }
        let expiry = now.addingTimeInterval(Double(limit.memoryMilliseconds) / 1000 + 60)
        let next = CatalogItem.attributes(
            key,
            [CatalogItem.Name.end: .integer(due), CatalogItem.Name.expiry: .integer(expiry.wholeSeconds)]
        )
        let isUnchanged =
            known.map { Condition.equal(CatalogItem.Name.end, .integer($0)) } ?? .absent(CatalogKey.partition)
        let isCounted = try await catalog.unlessRefused { () async throws(DynamoDBError) in
            try await catalog.client.put(next, in: catalog.table, if: isUnchanged)
        }
        return isCounted ? decision : nil
    }
}
