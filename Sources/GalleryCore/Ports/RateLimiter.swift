#if canImport(FoundationEssentials)
    package import FoundationEssentials
#else
    package import Foundation
#endif

/// Counts what clients ask for, and says when it is too much.
package protocol RateLimiter: Sendable {
    /// Counts one request.
    ///
    /// - Parameters:
    ///   - client: Who asks.
    ///   - now: When.
    /// - Returns: Whether the request may go on; one that may not is not counted.
    /// - Throws: `storageUnavailable`, `storageNotReached`.
    func take(_ client: ClientKey, at now: Date) async throws(GalleryError) -> RateDecision
}
