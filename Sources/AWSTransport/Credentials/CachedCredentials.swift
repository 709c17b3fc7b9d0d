package import SigV4
import Synchronization

/// Keeps credentials until shortly before they expire, and asks for new ones once for all callers that wait.
///
/// The asking is done by the task of the first caller; the others wait for it, each by its own cancellation. While the
/// old credentials still live only that one caller waits, and when asking fails the old ones are used on.
///
/// Mutable state: ``CredentialCache`` behind a lock that is never held across an `await`. It is no actor, because a
/// waiting caller that is cancelled has to leave at once, and a cancellation handler cannot enter an actor.
package final class CachedCredentials: CredentialProvider {
    private let cache = Mutex(CredentialCache())
    private let load: @Sendable (SigningDate) async throws(AWSError) -> Credentials

    /// Keeps what a function finds.
    ///
    /// - Parameter load: Finds credentials at a moment.
    package init(_ load: @escaping @Sendable (SigningDate) async throws(AWSError) -> Credentials) {
        self.load = load
    }

    package func credentials(at now: SigningDate, livingFor seconds: Int64) async throws(AWSError) -> Credentials {
        while true {
            switch cache.withLock({ $0.ask(at: now, livingFor: seconds) }) {
            case .use(let credentials): return credentials
            case .load: return try await refresh(at: now)
            case .wait(let ticket):
                switch await outcome(of: ticket) {
                case .loaded(let credentials): return credentials
                case .failed(let error): throw error
                case .abandoned: continue
                }
            }
        }
    }

    package func refused(_ credentials: Credentials) {
        cache.withLock { $0.refused(credentials) }
    }

    private func refresh(at now: SigningDate) async throws(AWSError) -> Credentials {
        let loaded: Result<Credentials, AWSError>
        do {
            loaded = .success(try await load(now))
        } catch {
            loaded = .failure(error)
        }
        let (result, outcome, waiters) = cache.withLock { $0.finish(loaded, at: now) }
        for waiter in waiters { waiter.resume(returning: outcome) }
        return try result.get()
    }

    private func outcome(of ticket: CredentialCache.Ticket) async -> CredentialCache.Outcome {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let early = cache.withLock { $0.enqueue(continuation, ticket) }
                if let early { continuation.resume(returning: early) }
            }
        } onCancel: {
            let waiter = cache.withLock { $0.leave(ticket) }
            waiter?.resume(returning: .failed(AWSError(.cancelled, "The request was cancelled.")))
        }
    }
}
