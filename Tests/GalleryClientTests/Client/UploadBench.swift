import GalleryClient
import Synchronization
import Testing

/// Uploads to a fake gallery, with waits that take no time.
struct UploadBench {
    /// What came of a file, and what its meter said at the end.
    struct Result: Sendable {
        let outcome: UploadOutcome
        let reading: UploadMeter.Reading
    }

    let server: ServerAddress
    var journal: UploadJournal?
    var settings = UploadTools.Settings()

    /// Time that passes only while somebody waits.
    static func swiftTiming() -> Timing {
        let elapsed = Elapsed()
        return Timing(
            now: { elapsed.time.withLock { $0 } },
            sleep: { duration in
                try Task.checkCancellation()
                // The stall watch waits for long: it may not end before what it watches.
                if duration >= .seconds(20) { return try await Task.sleep(for: .seconds(3600)) }
                elapsed.time.withLock { $0 += duration }
                await Task.yield()
            },
            random: { 0.5 }
        )
    }

    private final class Elapsed: Sendable {
        let time = Mutex(Duration.zero)
    }

    /// Uploads one file.
    func upload(_ path: String, timing: Timing = swiftTiming()) async throws -> Result {
        try await UploadTools.with(server, settings: settings, journal: journal, timing: timing) { tools in
            let file = try LocalFile(path: path)
            let meter = UploadMeter(name: path, size: file.identity.size)
            let source = UploadSource(label: path, name: "picture.png", path: path, file: file)
            let outcome = try await FileUpload(source, tools: tools, meter: meter).run()
            return Result(outcome: outcome, reading: meter.reading)
        }
    }
}
