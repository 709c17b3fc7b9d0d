import Testing

@testable import GalleryClient

@Suite("The progress on a terminal")
struct ProgressScreenTests {
    private func reading(
        _ name: String,
        _ phase: UploadMeter.Phase,
        sent: Int64 = 0,
        of size: Int64 = 100 << 20
    ) -> UploadMeter.Reading {
        var reading = UploadMeter.Reading(name: name, size: size)
        reading.phase = phase
        reading.sent = sent
        return reading
    }

    private var run: [UploadMeter.Reading] {
        var reads = reading("beach.tif", .hashing)
        reads.hashed = 25 << 20
        var waits = reading("night.png", .sending, sent: 10 << 20)
        waits.trouble = "the server answered 503"
        return [
            reading("cat.jpg", .finished(.uploaded), sent: 100 << 20), reads,
            reading("a name that is much too long for one line of a terminal.jpeg", .sending, sent: 52 << 20), waits,
            reading("dog.png", .looking, sent: 100 << 20), reading("later.png", .waiting),
        ]
    }

    private var pace: TransferPace {
        var pace = TransferPace()
        pace.note(0, at: .zero)
        pace.note(20 << 20, at: .seconds(2))
        return pace
    }

    @Test("has a bar for each file under way and one for all")
    func wide() {
        #expect(
            ProgressScreen(columns: 100, rows: 10).lines(run, pace: pace) == [
                "beach.tif                        ━━━━━━╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌  25 %  reading",
                "a name that is m…a terminal.jpeg ━━━━━━━━━━━━━╌╌╌╌╌╌╌╌╌╌╌╌╌  52 %  sending",
                "night.png                        ━━╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌  10 %  waiting: the server answered 503",
                "dog.png                          ━━━━━━━━━━━━━━━━━━━━━━━━━━ 100 %  being looked at",
                "1 of 6 files, 43 %, 262 MiB of 600 MiB, 10.0 MiB/s, 0:34 left",
            ]
        )
    }

    @Test("leaves out the bars on a narrow terminal, and shortens words")
    func narrow() {
        let lines = ProgressScreen(columns: 40, rows: 10).lines(run, pace: pace)
        #expect(lines[1] == "a name…l.jpeg  52 %  sending")
        #expect(lines[2] == "night.png      10 %  waiting: …ered 503")
        #expect(lines.allSatisfy { TerminalText.width(of: $0) < 40 })
    }

    @Test("says how many more there are when there are too many", arguments: 2...6)
    func low(rows: Int) {
        let lines = ProgressScreen(columns: 100, rows: rows).lines(run, pace: pace)
        #expect(lines.count == min(rows, 5))
        if rows < 5 { #expect(lines[rows - 2] == "… and \(4 - rows + 2) more") }
    }

    @Test("never wraps a line, whatever is in it", arguments: [1, 20, 33, 80, 200])
    func fits(columns: Int) {
        let odd = ["写真が長い名前を持っています.jpg", "\u{1B}[2J\u{7}.png", "", "👩‍👩‍👧‍👦👩‍👩‍👧‍👦.webp", "e\u{301}e\u{301}.gif"]
        for name in odd {
            let lines = ProgressScreen(columns: columns, rows: 3).lines([reading(name, .sending)], pace: pace)
            #expect(lines.allSatisfy { TerminalText.width(of: $0) < max(20, columns) })
            #expect(lines.allSatisfy { !$0.unicodeScalars.contains("\u{1B}") })
        }
    }

    @Test("tells the time left only when it can be told")
    func estimate() {
        var pace = TransferPace()
        #expect(ProgressScreen.summary([reading("a", .sending)], pace: pace) == "0 bytes of 100 MiB")
        pace.note(0, at: .zero)
        pace.note(0, at: .seconds(3))
        #expect(ProgressScreen.summary([reading("a", .sending)], pace: pace) == "0 bytes of 100 MiB, 0 bytes/s")
    }
}

@Suite("Text and figures on a terminal")
struct TerminalTextTests {
    @Test("a name cannot command the terminal")
    func harmless() {
        #expect(TerminalText.harmless("a\u{1B}[31m\n\u{202E}gpj.png") == "a?[31m??gpj.png")
        #expect(TerminalText.harmless("Übung 写真.jpg") == "Übung 写真.jpg")
    }

    @Test("wide characters take two columns", arguments: [("写真", 4), ("abc", 3), ("🎉", 2), ("e\u{301}", 1), ("", 0)])
    func width(text: String, columns: Int) {
        #expect(TerminalText.width(of: text) == columns)
    }

    @Test("a text is made to fit exactly", arguments: 0...12)
    func fit(columns: Int) {
        for text in ["写真が長い名前", "picture.jpeg", "a"] {
            #expect(TerminalText.width(of: TerminalText.fit(text, columns: columns)) == columns)
        }
    }

    @Test("figures are as people read them")
    func figures() {
        let bytes: [Int64] = [0, 1, 1023, 1024, 1 << 20, 3_565_158, 128 << 20, 1_288_490_188]
        let words = ["0 bytes", "1 byte", "1023 bytes", "1 KiB", "1.0 MiB", "3.3 MiB", "128 MiB", "1.1 GiB"]
        #expect(bytes.map(Figures.bytes) == words)
        #expect([0, 7, 754, 3723].map(Figures.time) == ["0:00", "0:07", "12:34", "1:02:03"])
        #expect(Figures.percent(999, of: 1000) == 99)
        #expect(Figures.percent(1000, of: 1000) == 100)
    }

    @Test("pace is that of the last seconds")
    func pace() {
        var pace = TransferPace()
        pace.note(0, at: .zero)
        #expect(pace.bytesPerSecond == nil)
        for second in 1...20 { pace.note(Int64(second) * 100, at: .seconds(second)) }
        #expect(pace.bytesPerSecond == 100)
        for second in 21...30 { pace.note(2000 + Int64(second - 20) * 1000, at: .seconds(second)) }
        #expect(pace.bytesPerSecond == 1000)
        #expect(pace.secondsLeft(for: 1500) == 2)
    }
}

@Suite("The meter of an upload")
struct UploadMeterTests {
    @Test("never goes back, and never beyond the file")
    func monotonic() {
        let meter = UploadMeter(name: "a", size: 100)
        meter.moved(part: 1, to: 40)
        meter.moved(part: 2, to: 30)
        #expect(meter.reading.sent == 70)
        meter.moved(part: 1, to: 0)
        #expect(meter.reading.sent == 70, "a part that is sent again")
        meter.moved(part: 1, to: 50)
        meter.stored(part: 1, size: 50)
        #expect(meter.reading.sent == 80)
        meter.startOver()
        #expect(meter.reading.sent == 80, "an upload that starts over")
        meter.stored(part: 1, size: 90)
        meter.stored(part: 2, size: 90)
        #expect(meter.reading.sent == 100)
    }

    @Test("forgets what was waited for as soon as bytes move")
    func trouble() {
        let meter = UploadMeter(name: "a", size: 100)
        meter.waits(for: "the connection was cut")
        meter.moved(part: 1, to: 0)
        #expect(meter.reading.trouble == "the connection was cut")
        meter.moved(part: 1, to: 1)
        #expect(meter.reading.trouble == nil)
    }
}
