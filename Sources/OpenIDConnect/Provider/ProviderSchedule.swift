/// When the provider's documents are fetched: pure rules, in seconds of any clock that goes forward.
struct ProviderSchedule {
    /// Seconds that documents are taken for new.
    static let freshSeconds: Double = 3600
    /// Seconds that old ones serve while the provider cannot be reached.
    static let staleSeconds: Double = 24 * 3600
    /// Seconds between two looks because of keys that are not there: whoever sends made-up tokens makes us ask no more.
    static let keySeconds: Double = 60
    /// Seconds after a failure in which nobody asks again.
    static let failureSeconds: Double = 5

    private var fetchedAt: Double?
    private var failedAt: Double?

    /// Whether to fetch before the documents are used.
    ///
    /// - Parameters:
    ///   - now: The moment.
    ///   - isKeyMissing: Whether a token named a key that they do not have.
    /// - Returns: True when it is time for that.
    func wantsFetch(at now: Double, isKeyMissing: Bool) -> Bool {
        if let failedAt, now - failedAt < Self.failureSeconds { return false }
        guard let fetchedAt else { return true }
        return now - fetchedAt >= (isKeyMissing ? Self.keySeconds : Self.freshSeconds)
    }

    /// Whether the documents may still be used.
    func mayServe(at now: Double) -> Bool {
        fetchedAt.map { now - $0 < Self.staleSeconds } ?? false
    }

    mutating func fetched(at now: Double) {
        fetchedAt = now
        failedAt = nil
    }

    mutating func failed(at now: Double) {
        failedAt = now
    }
}
