import Foundation
import ImageMetadata
import Testing

/// A file that broke a parser once, as `make fuzz` left it.
struct CrashFile: Sendable, CustomTestStringConvertible {
    let url: URL

    var testDescription: String { url.lastPathComponent }

    /// All files in `Fuzz/Crashes` of the targets for this kit.
    static let all: [CrashFile] = ["Header", "Exif", "Stripper"].flatMap { target in
        let folder = URL(filePath: #filePath).appending(path: "../../../Fuzz/Crashes/\(target)").standardized
        let found = try? FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
        return (found ?? []).sorted { $0.path() < $1.path() }.map(CrashFile.init)
    }
}

@Suite("crashes that the fuzzer found", .timeLimit(.minutes(1)))
struct CrashReplayTests {
    /// `Reading` and `Cleaning` record an issue when a promise is broken.
    @Test("a file that broke a parser once is read or refused", arguments: CrashFile.all)
    func replay(file: CrashFile) throws {
        let bytes = [UInt8](try Data(contentsOf: file.url))
        _ = Reading(bytes)
        _ = Cleaning(bytes)
    }
}
