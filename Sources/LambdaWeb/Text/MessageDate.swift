import LambdaRuntime

extension WallTime {
    private static let days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
    private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

    /// The moment as the field `Date` has it (RFC 9110 §5.6.7): `Fri, 27 Nov 2026 20:46:55 GMT`.
    ///
    /// It is put together from the other writing, `2026-11-27T20:46:55.123Z`; 1970 began on a Thursday.
    var messageDate: String {
        let text = rfc3339
        let dayNumber = Int((milliseconds - (milliseconds % 86_400_000 + 86_400_000) % 86_400_000) / 86_400_000)
        let day = Self.days[((dayNumber + 4) % 7 + 7) % 7]
        let parts = text.split(separator: "T", maxSplits: 1)
        let date = parts[0].split(separator: "-")
        guard parts.count == 2, date.count == 3, let month = Int(date[1]), (1...12).contains(month) else { return text }
        return "\(day), \(date[2]) \(Self.months[month - 1]) \(date[0]) \(parts[1].prefix(8)) GMT"
    }
}
