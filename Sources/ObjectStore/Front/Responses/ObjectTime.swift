import SigV4

/// When an object was written, in the forms S3 answers with.
struct ObjectTime: Sendable {
    /// Milliseconds since 1970; none before.
    let milliseconds: Int64

    /// Takes a time of the engine.
    init(milliseconds: Int64) {
        self.milliseconds = max(0, milliseconds)
    }

    /// The time as conditions and `Last-Modified` know it: whole seconds.
    var seconds: SigningDate {
        SigningDate(secondsSince1970: milliseconds / 1000)
    }

    /// `2025-01-02T03:04:05.678Z`, as in listings.
    var iso8601: String {
        let fraction = String(milliseconds % 1000)
        return seconds.iso8601.dropLast() + "." + String(repeating: "0", count: 3 - fraction.count) + fraction + "Z"
    }

    /// `Thu, 02 Jan 2025 03:04:05 GMT`, as in `Last-Modified`.
    var httpDate: String { seconds.httpDate }
}
