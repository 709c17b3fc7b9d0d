/// The progress of a run as lines of text: a bar for each file under way, and one for all.
///
/// Pure: the same readings give the same lines.
package struct ProgressScreen: Sendable, Equatable {
    /// The columns of the terminal.
    package let columns: Int
    /// The most lines.
    package let rows: Int

    private static let longestBar = 30
    private static let shortestBar = 8
    private static let longestName = 32
    /// Room for `waiting: the server answered 503`.
    private static let longestWords = 32

    /// - Parameters:
    ///   - columns: The columns of the terminal.
    ///   - rows: The most lines.
    package init(columns: Int, rows: Int) {
        self.columns = max(20, columns)
        self.rows = max(2, rows)
    }

    /// Draws the run.
    ///
    /// Each line is at most as wide as the terminal less one column, so that none wraps.
    ///
    /// - Parameters:
    ///   - readings: All files of the run.
    ///   - pace: How fast it sends.
    /// - Returns: The lines, from top to bottom.
    package func lines(_ readings: [UploadMeter.Reading], pace: TransferPace) -> [String] {
        let active = readings.filter(\.isActive)
        let shown = active.prefix(rows - (active.count > rows - 1 ? 2 : 1))
        var lines = shown.map(line)
        if active.count > shown.count { lines.append(clip("… and \(active.count - shown.count) more")) }
        lines.append(total(readings, pace))
        return lines
    }

    /// Says how far a run is, in one line.
    ///
    /// - Parameters:
    ///   - readings: All files of the run.
    ///   - pace: How fast it sends.
    /// - Returns: Like `262 MiB of 600 MiB, 10.0 MiB/s, 0:34 left`; what cannot be told is left out.
    package static func summary(_ readings: [UploadMeter.Reading], pace: TransferPace) -> String {
        let (sent, size) = totals(readings)
        var words = ["\(Figures.bytes(sent)) of \(Figures.bytes(size))"]
        if let speed = pace.bytesPerSecond { words.append("\(Figures.bytes(speed))/s") }
        if let left = pace.secondsLeft(for: size - sent) { words.append("\(Figures.time(left)) left") }
        return words.joined(separator: ", ")
    }

    private static func totals(_ readings: [UploadMeter.Reading]) -> (sent: Int64, size: Int64) {
        readings.reduce((0, 0)) { ($0.0 + $1.done, $0.1 + $1.size) }
    }

    private func line(_ reading: UploadMeter.Reading) -> String {
        let (done, word): (Int64, String) =
            switch reading.phase {
            case .hashing: (reading.hashed, "reading")
            case .looking: (reading.size, "being looked at")
            default: (reading.sent, reading.startedOver ? "starting over" : "sending")
            }
        let state = reading.trouble.map { "waiting: \($0)" } ?? word
        return row(TerminalText.harmless(reading.name), Figures.percent(done, of: reading.size), state)
    }

    private func total(_ readings: [UploadMeter.Reading], _ pace: TransferPace) -> String {
        let (sent, size) = Self.totals(readings)
        let ended = readings.count { !$0.isActive && $0.phase != .waiting }
        let files = "\(ended) of \(readings.count) \(readings.count == 1 ? "file" : "files")"
        return clip("\(files), \(Figures.percent(sent, of: size)) %, \(Self.summary(readings, pace: pace))")
    }

    /// Name, bar, percents and words, in columns; a narrow terminal loses the bar first.
    private func row(_ name: String, _ percent: Int, _ words: String) -> String {
        let nameColumns = min(Self.longestName, columns / 3)
        let left = columns - 1 - nameColumns - " 100 %  ".count - Self.longestWords
        let bar = left > Self.shortestBar ? " " + Self.bar(percent, columns: min(Self.longestBar, left - 1)) : ""
        let number = String(repeating: " ", count: 3 - "\(percent)".count) + "\(percent) %"
        let start = "\(TerminalText.fit(name, columns: nameColumns))\(bar) \(number)  "
        let room = columns - 1 - TerminalText.width(of: start)
        return clip(start + (TerminalText.width(of: words) > room ? TerminalText.fit(words, columns: room) : words))
    }

    private static func bar(_ percent: Int, columns: Int) -> String {
        let full = columns * percent / 100
        return String(repeating: "━", count: full) + String(repeating: "╌", count: columns - full)
    }

    private func clip(_ line: String) -> String {
        TerminalText.width(of: line) < columns ? line : TerminalText.fit(line, columns: columns - 1)
    }
}

extension UploadMeter.Reading {
    /// Whether something is going on with the file.
    package var isActive: Bool {
        switch phase {
        case .hashing, .sending, .looking: true
        case .waiting, .finished: false
        }
    }

    /// The bytes that went out in this run.
    package var transferred: Int64 { max(0, sent - spared) }

    /// The bytes that need nothing more done to them.
    var done: Int64 {
        if case .finished = phase { return size }
        return sent
    }
}
