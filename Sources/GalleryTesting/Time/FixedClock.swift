import Synchronization

#if canImport(FoundationEssentials)
    package import FoundationEssentials
#else
    package import Foundation
#endif

/// A clock that stands still until a test moves it.
package final class FixedClock: Sendable {
    private let time: Mutex<Date>

    /// Starts at 2026-11-22T19:00:00Z.
    package init(_ start: Date = Date(timeIntervalSince1970: 1_795_374_000)) {
        time = Mutex(start)
    }

    /// What the clock says.
    package var now: Date { time.withLock { $0 } }

    /// Moves the clock forward.
    package func advance(bySeconds seconds: Double) {
        time.withLock { $0 = $0.addingTimeInterval(seconds) }
    }
}
