/// Reads `256MiB`, `1GB`, `4096`.
package enum ByteSize {
    private static let units: [(suffix: String, bytes: Int64)] = [
        ("KiB", 1 << 10), ("MiB", 1 << 20), ("GiB", 1 << 30), ("TiB", 1 << 40),
        ("kB", 1000), ("KB", 1000), ("MB", 1_000_000), ("GB", 1_000_000_000), ("TB", 1_000_000_000_000),
        ("B", 1), ("", 1),
    ]

    /// The bytes; `nil` when the text is no such size.
    package static func parse(_ text: String) -> Int64? {
        for unit in units where text.hasSuffix(unit.suffix) {
            guard let number = Int64(text.dropLast(unit.suffix.count)), number >= 0 else { continue }
            let (bytes, overflows) = number.multipliedReportingOverflow(by: unit.bytes)
            return overflows ? nil : bytes
        }
        return nil
    }
}

/// Reads `500ms`, `60s`, `5m`, `2h`.
package enum TimeSpan {
    /// The time; `nil` when the text is no such time.
    package static func parse(_ text: String) -> Duration? {
        let units: [(suffix: String, milliseconds: Int64)] = [("ms", 1), ("s", 1000), ("m", 60_000), ("h", 3_600_000)]
        for unit in units where text.hasSuffix(unit.suffix) {
            guard let number = Int64(text.dropLast(unit.suffix.count)), (1...1_000_000_000).contains(number) else {
                continue
            }
            return .milliseconds(number * unit.milliseconds)
        }
        return nil
    }
}
