import ArgumentParser
import Thumbnails

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The command line: one file a subcommand.
@main
struct ImgnCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "imgn",
        abstract: "Image sharing that goes straight to storage.",
        subcommands: [
            ServeCommand.self, DoctorCommand.self, UploadCommand.self, ListCommand.self, RemoveCommand.self,
            PresignCommand.self, SweepCommand.self, RenditionsCommand.self, ProbeCommand.self, StripCommand.self,
        ]
    )

    /// Runs a subcommand; what keeps it from starting becomes one sentence on standard error and an exit code of
    /// `sysexits.h`.
    ///
    /// As a worker that decodes pictures it starts nothing of all this: that one has one thread, and keeps it.
    static func main() async {
        if let code = ThumbnailWorker.runIfAsked() { exit(withError: ExitCode(code)) }
        do {
            var command = try parseAsRoot()
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                try command.run()
            }
        } catch let failure as any CommandFailure {
            let sentence = Array("imgn: \(failure)\n".utf8)
            _ = unsafe write(STDERR_FILENO, sentence, sentence.count)
            exit(withError: failure.exitCode)
        } catch {
            exit(withError: error)
        }
    }
}
