import SigV4
import Synchronization

/// What the copies of a client learn together.
///
/// Mutable state: three small values behind one lock that is never held across an `await`.
final class ClientMemory: Sendable {
    private let state = Mutex(State())

    private struct State {
        var offset = ClockOffset()
        var quota = RetryQuota()
        var signer: Signer?
    }

    /// Our clock corrected to the service's.
    func corrected(_ now: SigningDate) -> SigningDate {
        state.withLock { $0.offset.corrected(now) }
    }

    /// Compares clocks; see ``ClockOffset/learn(serverTime:now:isCertain:)``.
    func learn(serverTime: SigningDate, now: SigningDate, isCertain: Bool) -> Bool {
        state.withLock { $0.offset.learn(serverTime: serverTime, now: now, isCertain: isCertain) }
    }

    /// Takes a retry's tokens if there are enough.
    func take(_ cost: Int) -> Bool {
        state.withLock { $0.quota.take(cost) }
    }

    /// Notes a success.
    func succeeded(lastCost: Int?) {
        state.withLock { $0.quota.give(back: lastCost) }
    }

    /// The signer of these credentials; the last one is kept, since it holds derived keys.
    func signer(_ credentials: Credentials, region: String, service: String) -> Signer {
        state.withLock { state in
            if let signer = state.signer, signer.credentials == credentials { return signer }
            let signer = Signer(credentials: credentials, region: region, service: service)
            state.signer = signer
            return signer
        }
    }
}
