import SigV4

/// When to use the credentials at hand, when to ask for new ones, and who waits for them.
///
/// A state machine without I/O and without a clock.
struct CredentialCache {
    /// Temporary credentials are renewed when they have less than this to live.
    static let margin: Int64 = 300
    /// After asking, so long nobody asks again while there is something to use.
    static let pause: Int64 = 60

    /// What a caller is to do.
    enum Answer {
        /// Use these.
        case use(Credentials)
        /// Ask for new ones, and tell by ``finish(_:at:)``.
        case load
        /// Wait for who asks already.
        case wait(Ticket)
    }

    /// What came of waiting.
    enum Outcome: Sendable {
        case loaded(Credentials)
        case failed(AWSError)
        /// Who asked was cancelled; ask again.
        case abandoned
    }

    /// A waiting caller's place.
    struct Ticket: Sendable, Hashable {
        fileprivate let number: Int
        fileprivate let round: Int
    }

    private var current: Credentials?
    private var askedAt: SigningDate?
    private var isLoading = false
    private var isRefused = false
    private var waiters: [Ticket: CheckedContinuation<Outcome, Never>] = [:]
    private var left: Set<Ticket> = []
    private var lastOutcome = Outcome.abandoned
    private var nextNumber = 0
    private var round = 0

    /// What a caller is to do now.
    mutating func ask(at now: SigningDate, livingFor seconds: Int64) -> Answer {
        if let current, !isRefused, isGood(current, at: now, livingFor: seconds) { return .use(current) }
        guard isLoading else {
            isLoading = true
            return .load
        }
        if let current, !isRefused, isAlive(current, at: now) { return .use(current) }
        nextNumber += 1
        return .wait(Ticket(number: nextNumber, round: round))
    }

    /// Notes what asking brought.
    ///
    /// - Returns: What the caller that asked gets, what those that wait get, and who they are.
    mutating func finish(
        _ loaded: Result<Credentials, AWSError>,
        at now: SigningDate
    ) -> (result: Result<Credentials, AWSError>, outcome: Outcome, waiters: [CheckedContinuation<Outcome, Never>]) {
        var result = loaded
        isLoading = false
        switch loaded {
        case .success(let credentials):
            current = credentials
            isRefused = false
            askedAt = now
            lastOutcome = .loaded(credentials)
        case .failure(let error) where error.kind == .cancelled:
            lastOutcome = .abandoned
        case .failure(let error):
            if let current, !isRefused, isAlive(current, at: now) {
                result = .success(current)
                askedAt = now
                lastOutcome = .loaded(current)
            } else {
                lastOutcome = .failed(error)
            }
        }
        defer {
            waiters = [:]
            left = []
            round += 1
        }
        return (result, lastOutcome, Array(waiters.values))
    }

    /// Takes note that a service called these credentials expired.
    mutating func refused(_ credentials: Credentials) {
        if current == credentials { isRefused = true }
    }

    /// Lets a caller wait.
    ///
    /// - Returns: What came of it, when that is known already.
    mutating func enqueue(_ waiter: CheckedContinuation<Outcome, Never>, _ ticket: Ticket) -> Outcome? {
        if left.remove(ticket) != nil { return .failed(AWSError(.cancelled, "The request was cancelled.")) }
        guard ticket.round == round else { return lastOutcome }
        waiters[ticket] = waiter
        return nil
    }

    /// A caller no longer waits.
    ///
    /// - Returns: Its continuation, `nil` when it has none yet or was told already.
    mutating func leave(_ ticket: Ticket) -> CheckedContinuation<Outcome, Never>? {
        if let waiter = waiters.removeValue(forKey: ticket) { return waiter }
        if ticket.round == round { left.insert(ticket) }
        return nil
    }

    private func isGood(_ credentials: Credentials, at now: SigningDate, livingFor seconds: Int64) -> Bool {
        guard let expiresAt = credentials.expiresAt else { return true }
        if expiresAt.secondsSince1970 - now.secondsSince1970 >= max(Self.margin, seconds) { return true }
        // The best there was a moment ago, even if that is little: by a clock that is off, it is dead on arrival.
        return askedAt.map { (0..<Self.pause).contains(now.secondsSince1970 - $0.secondsSince1970) } ?? false
    }

    private func isAlive(_ credentials: Credentials, at now: SigningDate) -> Bool {
        credentials.expiresAt.map { $0 > now } ?? true
    }
}
