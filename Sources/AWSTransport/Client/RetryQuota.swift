/// Retries that a client may still make, so that a service in trouble is not asked three times as often.
///
/// Each retry takes tokens; success gives them back. When most requests fail, the bucket is soon empty, and each
/// request is sent only once until some succeed. Numbers of the SDKs' standard mode.
struct RetryQuota: Sendable, Equatable {
    /// The tokens of a client whose requests succeed.
    static let capacity = 500
    /// What a request that succeeded at once gives back.
    static let successIncrement = 1

    /// The tokens left.
    private(set) var tokens = capacity

    /// What a retry after this error costs: an error that took long to come costs more.
    static func cost(of error: AWSError) -> Int {
        error.kind == .timeout ? 10 : 5
    }

    /// Takes tokens if there are enough.
    mutating func take(_ cost: Int) -> Bool {
        guard tokens >= cost else { return false }
        tokens -= cost
        return true
    }

    /// Gives tokens back after a success: those of its last retry, or one.
    mutating func give(back cost: Int?) {
        tokens = min(Self.capacity, tokens + (cost ?? Self.successIncrement))
    }
}
