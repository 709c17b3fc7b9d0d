#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// A day in words: `22 November 2026`.
struct CalendarDay: CustomStringConvertible {
    private static let months = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
        "December",
    ]

    let description: String

    /// The day in UTC.
    init(_ date: Date) {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = .gmt
        let day = calendar.dateComponents([.year, .month, .day], from: date)
        description = "\(day.day ?? 1) \(Self.months[(day.month ?? 1) - 1]) \(day.year ?? 1970)"
    }

    /// The day of a camera's clock, `2019-10-20T18:34:30`, wherever that was; `nil` when it is no date.
    init?(ofClock text: String) {
        let parts = text.prefix(10).split(separator: "-", omittingEmptySubsequences: false)
        let numbers = parts.compactMap { $0.allSatisfy(\.isASCII) ? Int($0) : nil }
        guard parts.map(\.count) == [4, 2, 2], numbers.count == 3, Self.months.indices.contains(numbers[1] - 1) else {
            return nil
        }
        description = "\(numbers[2]) \(Self.months[numbers[1] - 1]) \(numbers[0])"
    }
}

/// A camera's clock in words: `20 October 2019, 18:34`.
struct ClockText: CustomStringConvertible {
    let description: String

    /// `nil` when it is no date.
    init?(_ text: String) {
        guard let day = CalendarDay(ofClock: text) else { return nil }
        let time = text.dropFirst("2019-10-20T".count).prefix("18:34".count)
        let isTime = time.count == 5 && time.allSatisfy { $0.isNumber || $0 == ":" }
        description = isTime ? "\(day), \(time)" : "\(day)"
    }
}
