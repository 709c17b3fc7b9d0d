import ArgumentParser

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// `imgn probe`: what local pictures say about themselves.
struct ProbeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "probe",
        abstract: "Show dimensions and camera data of picture files.",
        discussion: """
            A line has name, format, dimensions as displayed, EXIF orientation, time taken, camera and position. \
            Only the bytes that tell are read: mostly the first 64 KiB, never more than 1 MiB. \
            Formats: JPEG, PNG, GIF, WebP, AVIF, HEIC, TIFF, BMP.

            The exit code is 0 if all files were readable, else 1.
            """
    )

    @Argument(help: ArgumentHelp("Picture files.", valueName: "file"))
    var files: [String]

    @Flag(help: "Print one JSON object a line, a file each; what is not known is left out.")
    var json = false

    func run() throws {
        var isAllReadable = true
        for file in files {
            let report = ProbeReport(path: file)
            if report.error != nil { isAllReadable = false }
            if json { Console.data(try jsonLine(report)) } else { Console.out(report.row) }
        }
        if !isAllReadable { throw ExitCode.failure }
    }

    private func jsonLine(_ report: ProbeReport) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(report), as: UTF8.self)
    }
}
