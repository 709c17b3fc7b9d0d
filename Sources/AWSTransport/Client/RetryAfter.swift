import HTTPTypes
import SigV4

/// How long a service asks to wait before another attempt.
enum RetryAfter {
    /// Reads `x-amz-retry-after` (milliseconds), else `Retry-After` (seconds or a date; RFC 9110 §10.2.3).
    ///
    /// - Parameters:
    ///   - headers: The answer's headers.
    ///   - now: The moment, for a date.
    /// - Returns: The wait, never negative; `nil` when the service asks for none, or not in a form we know.
    static func duration(of headers: HTTPFields, now: SigningDate) -> Duration? {
        if let name = HTTPField.Name("x-amz-retry-after"), let milliseconds = headers[name].flatMap(number) {
            return .milliseconds(milliseconds)
        }
        guard let value = headers[.retryAfter] else { return nil }
        if let seconds = number(value) { return .seconds(seconds) }
        guard let date = SigningDate(httpDate: value) else { return nil }
        return .seconds(max(0, date.secondsSince1970 - now.secondsSince1970))
    }

    /// Up to nine digits.
    private static func number(_ text: String) -> Int64? {
        guard text.utf8.count <= 9, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        return Int64(text)
    }
}
