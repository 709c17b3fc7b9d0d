/// Numbers as people read them.
package enum Figures {
    /// `17 bytes`, `912 KiB`, `3.4 MiB`, `1.2 GiB`.
    package static func bytes(_ count: Int64) -> String {
        for (power, unit) in [(30, "GiB"), (20, "MiB"), (10, "KiB")] where count >= 1 << power {
            let (whole, rest) = (count >> power, count & ((1 << power) - 1))
            let part = (rest * 10) >> power
            return whole < 100 && power > 10 ? "\(whole).\(part) \(unit)" : "\(whole) \(unit)"
        }
        return count == 1 ? "1 byte" : "\(count) bytes"
    }

    /// `0:07`, `12:30`, `1:02:03`.
    package static func time(_ seconds: Int64) -> String {
        let (hours, minutes, rest) = (seconds / 3600, seconds / 60 % 60, seconds % 60)
        let tail = rest < 10 ? "0\(rest)" : "\(rest)"
        guard hours > 0 else { return "\(minutes):\(tail)" }
        return "\(hours):\(minutes < 10 ? "0" : "")\(minutes):\(tail)"
    }

    /// Whole percents, rounded down, so that 100 means all.
    package static func percent(_ part: Int64, of whole: Int64) -> Int {
        whole > 0 ? Int(Double(part) / Double(whole) * 100) : 100
    }
}
