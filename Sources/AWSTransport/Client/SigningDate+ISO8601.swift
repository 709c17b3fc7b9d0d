import SigV4

extension SigningDate {
    /// Reads `2025-01-02T03:04:05Z`, with or without a fraction of a second; anything else is `nil`.
    ///
    /// - Parameter iso8601: The text to read, in UTC.
    init?(iso8601: String) {
        guard iso8601.hasSuffix("Z") else { return nil }
        let seconds = iso8601.dropLast().prefix { $0 != "." }
        let fraction = iso8601.dropLast().dropFirst(seconds.count)
        let parts = Array(seconds.utf8)
        guard parts.count == 19, parts[4] == UInt8(ascii: "-"), parts[7] == UInt8(ascii: "-"),
            parts[13] == UInt8(ascii: ":"), parts[16] == UInt8(ascii: ":"),
            fraction.dropFirst().utf8.allSatisfy({ (0x30...0x39).contains($0) })
        else { return nil }
        self.init(basic: seconds.filter { $0 != "-" && $0 != ":" } + "Z")
    }
}
