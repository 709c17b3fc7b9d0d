/// A moment in whole seconds, with the spellings that SigV4 and HTTP need.
///
/// Moments outside the years 0 to 9999 are moved to the nearest one inside, so every spelling has four year digits.
public struct SigningDate: Sendable, Hashable, Comparable {
    /// Seconds since 1970-01-01T00:00:00Z, leap seconds not counted.
    public let secondsSince1970: Int64

    /// Takes a moment from a clock.
    ///
    /// - Parameter secondsSince1970: Seconds since 1970-01-01T00:00:00Z.
    public init(secondsSince1970: Int64) {
        self.secondsSince1970 = min(max(secondsSince1970, Self.year0), Self.year9999)
    }

    /// Whether one moment is before another.
    ///
    /// - Parameters:
    ///   - left: One moment.
    ///   - right: The other moment.
    /// - Returns: Whether `left` is earlier.
    public static func < (left: SigningDate, right: SigningDate) -> Bool {
        left.secondsSince1970 < right.secondsSince1970
    }

    /// The moment some seconds later.
    func adding(seconds: Int64) -> SigningDate {
        let (sum, overflow) = secondsSince1970.addingReportingOverflow(seconds)
        return SigningDate(secondsSince1970: overflow ? (seconds < 0 ? .min : .max) : sum)
    }

    private static let year0: Int64 = -62_167_219_200
    private static let year9999: Int64 = 253_402_300_799
}
