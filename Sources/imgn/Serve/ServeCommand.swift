import AWSTransport
import ArgumentParser
import GalleryHosting

/// `imgn serve`: gallery, API and object store on one port, everything in one folder.
struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Start the gallery on this machine.",
        discussion: """
            Everything lives under the data folder: the pictures, the catalog, and the store's keys in `credentials`.
            Each option can also be given by the environment variable named with it; the option wins.
            """
    )

    @Option(help: "Address to listen on; 0.0.0.0 for the whole network. [IMGN_HOST, default: 127.0.0.1]")
    var host: String?

    @Option(help: "Port to listen on; 0 picks a free one. [IMGN_PORT, default: 8080]")
    var port: String?

    @Option(help: "Folder that everything lives under; made when missing. [IMGN_DATA, default: ./data]")
    var data: String?

    @Option(help: "Address users reach the server under, when a proxy stands before it. [IMGN_PUBLIC_URL]")
    var publicURL: String?

    @Option(
        help: "Origins whose pages may upload by Uppy's protocol, with commas between. [IMGN_ALLOWED_ORIGINS]"
    )
    var allowedOrigins: String?

    @OptionGroup(title: "Storage") var storage: StorageOptions

    @Option(
        help: """
            A table that several share instead of the catalog in the data folder, as dynamodb://pictures; \
            IMGN_SEAL_SECRET must be the same on all of them. [IMGN_CATALOG]
            """
    )
    var catalog: String?

    @Option(help: "The most bytes one picture may have. [IMGN_UPLOAD_LIMIT, default: 100MiB]")
    var uploadLimit: String?

    @Option(help: "Disk space that uploads leave free. [IMGN_KEEP_FREE, default: 256MiB]")
    var keepFree: String?

    @Option(help: "Time in which an upload must bring 1 KiB. [IMGN_SLOW_BODY_TIMEOUT, default: 60s]")
    var slowBodyTimeout: String?

    @Option(
        help: "What this process does where several share the work: all, web or worker. [IMGN_ROLE, default: all]"
    )
    var role: String?

    @Option(help: "Time between two looks for uploads that nobody told of. [IMGN_SWEEP_INTERVAL, default: 30s]")
    var sweepInterval: String?

    @Option(help: "trace, debug, info, notice, warning, error or critical. [IMGN_LOG_LEVEL, default: info]")
    var logLevel: String?

    /// What is said about the gallery itself.
    var gallery: GalleryFlags {
        var flags = GalleryFlags()
        flags.storage = storage.flags
        flags.catalog = catalog
        flags.publicURL = publicURL
        flags.allowedOrigins = allowedOrigins
        flags.uploadLimit = uploadLimit
        flags.logLevel = logLevel
        return flags
    }

    func run() async throws {
        var reader = SettingsReader()
        let configuration = ServeConfiguration(self, environment: .process, &reader)
        guard reader.problems.isEmpty else { throw StartFailure.configuration(reader.problems) }
        try await Server(configuration).run()
    }
}
