import AWSTransport
import ArgumentParser
import GalleryHosting

/// `imgn sweep`: one look at everything that waits, for a scheduler such as a CronJob.
struct SweepCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sweep",
        abstract: "Look at every upload that waits, tidy up, and end.",
        discussion: """
            A running `imgn serve` does this by itself from time to time. It takes the settings of `imgn serve`, and \
            needs a data folder that no server uses. The exit code is 0 when everything could be listed and looked at.
            """
    )

    @OptionGroup(title: "Settings of `imgn serve`") var settings: ServeCommand

    func run() async throws {
        var reader = SettingsReader()
        let configuration = ServeConfiguration(settings, environment: .process, &reader)
        guard reader.problems.isEmpty else { throw StartFailure.configuration(reader.problems) }
        try await Server(configuration).sweep()
    }
}
