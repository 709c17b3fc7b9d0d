import AWSTransport
import ArgumentParser
import GalleryHosting

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// `imgn renditions --rebuild`: makes the public files of a gallery's pictures anew.
struct RenditionsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "renditions",
        abstract: "Make the renditions of a gallery's pictures anew.",
        discussion: """
            Pictures that an older imgn published are stripped and get renditions; those that are up to date stay as \
            they are. It can be interrupted: the next run goes on with what is left. It takes the settings of \
            `imgn serve`, and needs a data folder that no server uses.
            """
    )

    @Flag(help: "Make them anew; without it they are only counted.") var rebuild = false

    @Option(
        help: """
            Also those that are up to date, if their files were made before this time (2026-11-30T12:00:00Z, or now).
            """
    )
    var madeBefore: String?

    @OptionGroup(title: "Settings of `imgn serve`") var settings: ServeCommand

    func run() async throws {
        var reader = SettingsReader()
        let configuration = ServeConfiguration(settings, environment: .process, &reader)
        guard reader.problems.isEmpty else { throw StartFailure.configuration(reader.problems) }
        let run = RebuildRun(isRehearsal: !rebuild, madeBefore: try time())
        guard try await Server(configuration).rebuild(run) else { throw ExitCode(1) }
    }

    /// The time that was said; `nil` when none was.
    private func time() throws -> Date? {
        guard let madeBefore else { return nil }
        if madeBefore == "now" { return Date() }
        guard let time = try? Date(madeBefore, strategy: .iso8601) else {
            throw ValidationError("\"\(madeBefore)\" is no time like 2026-11-30T12:00:00Z, nor \"now\".")
        }
        return time
    }
}
