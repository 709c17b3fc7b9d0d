import ArgumentParser
import GalleryClient

/// `imgn upload`: pictures into a gallery, straight to its storage.
struct UploadCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "upload",
        abstract: "Upload pictures to a gallery.",
        discussion: """
            A folder stands for the pictures below it, `-` for standard input. What the gallery has is not sent again, \
            and an upload that was interrupted goes on when the same command is run again. Where only some may upload, \
            IMGN_TOKEN says who you are.
            Exit code: 0 when every picture is in the gallery, 1 when one is not, 64 wrong use, 66 no such file, \
            69 no gallery answers, 130 interrupted.
            """
    )

    @Argument(help: ArgumentHelp("Files and folders; - for standard input.", valueName: "file"))
    var files: [String]

    @OptionGroup var server: ServerOption

    @Option(help: "The name of what comes by standard input.")
    var name = "stdin"

    @Option(help: "Transfers at once, over all files.")
    var parallel = UploadTools.Settings().parallel

    @Flag(help: "Print one JSON object a line, a file each.")
    var json = false

    @Flag(name: .shortAndLong, help: "Print nothing but what went wrong.")
    var quiet = false

    func validate() throws {
        guard (1...64).contains(parallel) else { throw ValidationError("--parallel must be 1 to 64.") }
        guard files.count(where: { $0 == "-" }) < 2 else { throw ValidationError("Standard input can be read once.") }
    }

    func run() async throws {
        let server = try server.address()
        let entries = try await UploadInput(files: files, standardInputName: name).entries()
        var settings = UploadTools.Settings()
        settings.parallel = parallel
        settings.bearer = try UploadBearer.ofThisUser()
        let run = UploadRun(entries: entries, console: UploadConsole(entries, style: style))
        do {
            let journal = await usableJournal()
            let ending = try await UploadTools.with(server, settings: settings, journal: journal) { tools in
                try await run.upload(with: tools)
            }
            if ending != .success { throw ending }
        } catch let failure as UploadJournal.Failure {
            throw ClientFailure.journal(failure)
        }
    }

    /// Where there is no place for the journal, pictures can be uploaded all the same.
    private func usableJournal() async -> UploadJournal? {
        do {
            try await UploadJournal.ofThisUser.check()
            return .ofThisUser
        } catch {
            Console.note("imgn: an interrupted upload will start over, and nothing can be removed from here: \(error)")
            return nil
        }
    }

    private var style: UploadConsole.Style {
        json ? .json : quiet ? .quiet : .people
    }
}
