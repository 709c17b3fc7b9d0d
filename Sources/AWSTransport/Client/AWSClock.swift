package import SigV4

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Time and chance, as a client sees them; tests bring their own.
package struct AWSClock: Sendable {
    /// The machine's idea of the moment.
    package let now: @Sendable () -> SigningDate

    /// Waits.
    package let sleep: @Sendable (Duration) async throws -> Void

    /// A number from 0 up to but not including 1.
    package let random: @Sendable () -> Double

    /// Makes a clock of three functions.
    ///
    /// - Parameters:
    ///   - now: The machine's idea of the moment.
    ///   - sleep: Waits; throws `CancellationError` when the task is cancelled.
    ///   - random: A number from 0 up to but not including 1.
    package init(
        now: @escaping @Sendable () -> SigningDate,
        sleep: @escaping @Sendable (Duration) async throws -> Void,
        random: @escaping @Sendable () -> Double
    ) {
        self.now = now
        self.sleep = sleep
        self.random = random
    }

    /// The machine's own clock and random source.
    package static let system = AWSClock(
        now: { SigningDate(secondsSince1970: Int64(Date().timeIntervalSince1970.rounded(.down))) },
        sleep: { try await Task.sleep(for: $0, clock: .continuous) },
        random: { Double.random(in: 0..<1) }
    )
}
