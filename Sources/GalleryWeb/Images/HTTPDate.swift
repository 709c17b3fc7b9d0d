#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// A date as HTTP writes it (RFC 9110 §5.6.7): `Sun, 22 Nov 2026 19:00:00 GMT`.
struct HTTPDate: CustomStringConvertible {
    private static let days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
    private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

    let description: String

    init(_ date: Date) {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = .gmt
        let parts = calendar.dateComponents([.year, .month, .day, .weekday, .hour, .minute, .second], from: date)
        let day =
            "\(Self.days[(parts.weekday ?? 1) - 1]), \(Self.two(parts.day)) \(Self.months[(parts.month ?? 1) - 1])"
        let time = [parts.hour, parts.minute, parts.second].map(Self.two).joined(separator: ":")
        description = "\(day) \(parts.year ?? 1970) \(time) GMT"
    }

    private static func two(_ number: Int?) -> String {
        let number = number ?? 0
        return number < 10 ? "0\(number)" : "\(number)"
    }
}
