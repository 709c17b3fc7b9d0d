import GalleryClient
import Synchronization

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// What a run says: bars that are drawn over and over on a terminal, plain lines elsewhere, results in between.
final class UploadConsole: Sendable {
    /// Whom it speaks to.
    enum Style: Sendable {
        case people, json, quiet
    }

    private struct Drawing {
        var lineCount = 0
        var pace = TransferPace()
    }

    /// One result as a program reads it.
    private struct ResultJSON: Encodable {
        let file: String
        let status: UploadStatus
        var id: String?
        var url: String?
        var page: String?
        var detail: String?
    }

    private let meters: [UploadMeter]
    private let style: Style
    private let drawing = Mutex(Drawing())
    /// Whether bars are drawn.
    let isLively: Bool

    init(_ entries: [UploadBatch.Entry], style: Style) {
        meters = entries.map(\.meter)
        self.style = style
        isLively = style == .people && Console.isLively(terminal: ProcessInfo.processInfo.nonEmpty("TERM"))
    }

    /// Shows how far the run is: the bars, or a line.
    func showProgress(at now: Duration) {
        guard style == .people else { return }
        let readings = meters.map(\.reading)
        drawing.withLock { drawing in
            drawing.pace.note(readings.reduce(0) { $0 + $1.transferred }, at: now)
            guard isLively else { return Console.note("imgn: \(Self.plain(readings, drawing.pace))") }
            let size = Console.size
            let lines = ProgressScreen(columns: size.columns, rows: min(12, size.rows - 1))
                .lines(readings, pace: drawing.pace)
            // The cursor hides while lines are drawn over; a line is written before the rest of its row is cleared.
            let text = lines.map { "\($0)\u{1B}[K\n" }.joined()
            Console.draw("\u{1B}[?25l" + Self.up(drawing.lineCount) + "\r" + text + "\u{1B}[J")
            drawing.lineCount = lines.count
        }
    }

    /// Says what came of a file.
    func show(_ outcome: UploadOutcome, of label: String) {
        clear()
        switch style {
        case .json: Console.data(Self.json(outcome, label))
        case .quiet, .people:
            if let picture = outcome.picture {
                guard style == .people else { return }
                Console.out("\(picture.page)  \(label)\(outcome.status == .known ? "  (already in the gallery)" : "")")
            } else {
                Console.note("imgn: \(label): \(outcome.status.rawValue): \(outcome.detail ?? "nobody knows why")")
            }
        }
    }

    /// Takes the bars away and gives the cursor back.
    func clear() {
        guard isLively else { return }
        drawing.withLock { drawing in
            Console.draw(Self.up(drawing.lineCount) + "\r\u{1B}[J\u{1B}[?25h")
            drawing.lineCount = 0
        }
    }

    /// Says what came of all files, when there were several.
    func conclude() {
        clear()
        guard style == .people, meters.count > 1 else { return }
        let ends = meters.compactMap { meter -> UploadStatus? in
            guard case .finished(let status) = meter.reading.phase else { return nil }
            return status
        }
        let counts = [UploadStatus.uploaded, .known, .rejected, .failed].compactMap { status -> String? in
            let count = ends.count { $0 == status }
            return count > 0 ? "\(count) \(status == .known ? "already in the gallery" : status.rawValue)" : nil
        }
        Console.note("imgn: " + counts.joined(separator: ", "))
    }

    /// One line for what cannot draw: how far it is, and what is waited for.
    private static func plain(_ readings: [UploadMeter.Reading], _ pace: TransferPace) -> String {
        let trouble = readings.lazy.filter(\.isActive).compactMap(\.trouble).first
        return ProgressScreen.summary(readings, pace: pace) + (trouble.map { " (waiting: \($0))" } ?? "")
    }

    private static func up(_ count: Int) -> String { count > 0 ? "\u{1B}[\(count)A" : "" }

    private static func json(_ outcome: UploadOutcome, _ label: String) -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let picture = outcome.picture
        let result = ResultJSON(
            file: label,
            status: outcome.status,
            id: picture?.id,
            url: picture?.src,
            page: picture?.page,
            detail: outcome.detail
        )
        return (try? encoder.encode(result)).map { String(decoding: $0, as: UTF8.self) } ?? "{}"
    }
}
