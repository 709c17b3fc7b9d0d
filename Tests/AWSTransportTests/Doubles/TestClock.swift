import AWSTransport
import SigV4
import Synchronization

/// A clock that moves only when somebody sleeps, and a chance that is always the same.
final class TestClock: Sendable {
    /// 2025-01-02T03:04:05Z.
    static let start = SigningDate(secondsSince1970: 1_735_787_045)

    private let state: Mutex<(elapsed: Duration, sleeps: [Duration])> = Mutex((.zero, []))
    private let chance: Double

    /// A clock that stands at ``start``.
    init(chance: Double = 0.5) {
        self.chance = chance
    }

    /// The waits so far.
    var sleeps: [Duration] { state.withLock { $0.sleeps } }

    /// The moment.
    var now: SigningDate {
        let seconds = state.withLock { $0.elapsed.components.seconds }
        return SigningDate(secondsSince1970: Self.start.secondsSince1970 + seconds)
    }

    /// Lets time pass.
    func advance(by duration: Duration) {
        state.withLock { $0.elapsed += duration }
    }

    /// As a client sees it.
    var clock: AWSClock {
        AWSClock(
            now: { self.now },
            sleep: { duration in
                try Task.checkCancellation()
                self.state.withLock { state in
                    state.sleeps.append(duration)
                    state.elapsed += duration
                }
            },
            random: { self.chance }
        )
    }
}
