import SigV4

/// How far a service's clock is ahead of ours, learned from its answers.
struct ClockOffset: Sendable, Equatable {
    /// What to add to our clock.
    private(set) var seconds: Int64 = 0

    /// Differences up to this are nobody's fault: whole seconds, and the time the answer took.
    ///
    /// In seconds. Services refuse dates more than 5 to 15 minutes off.
    static let tolerance: Int64 = 240

    /// The service's idea of the moment.
    func corrected(_ now: SigningDate) -> SigningDate {
        SigningDate(secondsSince1970: now.secondsSince1970 + seconds)
    }

    /// Compares clocks.
    ///
    /// - Parameters:
    ///   - serverTime: The date in an answer.
    ///   - now: Our clock.
    ///   - isCertain: Whether the service refused a request for its date, so that any difference counts.
    /// - Returns: Whether the offset has changed.
    mutating func learn(serverTime: SigningDate, now: SigningDate, isCertain: Bool) -> Bool {
        let measured = serverTime.secondsSince1970 - now.secondsSince1970
        guard measured != seconds, isCertain || abs(measured - seconds) > Self.tolerance else { return false }
        seconds = measured
        return true
    }
}
