#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A moment on the wall clock, in milliseconds since 1970.
package struct WallTime: Sendable, Equatable {
    /// Milliseconds since 1970.
    package let milliseconds: Int64

    /// A moment.
    package init(milliseconds: Int64) {
        self.milliseconds = milliseconds
    }

    /// The present moment.
    package static func now() -> WallTime {
        var time = timespec()
        unsafe clock_gettime(CLOCK_REALTIME, &time)
        return WallTime(milliseconds: Int64(time.tv_sec) * 1_000 + Int64(time.tv_nsec) / 1_000_000)
    }

    /// The moment in UTC as RFC 3339 writes it, `2026-11-27T20:46:55.123Z`.
    package var rfc3339: String {
        let (days, timeOfDay) = Self.divide(milliseconds, by: 86_400_000)
        let (year, month, day) = Self.date(daysSince1970: days)
        let (hour, minute) = (timeOfDay / 3_600_000, timeOfDay / 60_000 % 60)
        let (second, fraction) = (timeOfDay / 1_000 % 60, timeOfDay % 1_000)
        return "\(Self.padded(year, 4))-\(Self.padded(month, 2))-\(Self.padded(day, 2))T"
            + "\(Self.padded(hour, 2)):\(Self.padded(minute, 2)):\(Self.padded(second, 2)).\(Self.padded(fraction, 3))Z"
    }

    /// Counts in 400-year cycles that begin on the first of March, so that leap days come last.
    private static func date(daysSince1970 days: Int64) -> (year: Int64, month: Int64, day: Int64) {
        let (cycle, dayOfCycle) = divide(days + 719_468, by: 146_097)
        let leapless = dayOfCycle - dayOfCycle / 1_460 + dayOfCycle / 36_524 - dayOfCycle / 146_096
        let yearOfCycle = leapless / 365
        let dayOfYear = dayOfCycle - (365 * yearOfCycle + yearOfCycle / 4 - yearOfCycle / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        let day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
        return (cycle * 400 + yearOfCycle + (month <= 2 ? 1 : 0), month, day)
    }

    /// Division that rounds down, so that what remains is never negative.
    private static func divide(_ value: Int64, by divisor: Int64) -> (quotient: Int64, remainder: Int64) {
        let (quotient, remainder) = value.quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
    }

    private static func padded(_ value: Int64, _ width: Int) -> String {
        let digits = String(value)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}
