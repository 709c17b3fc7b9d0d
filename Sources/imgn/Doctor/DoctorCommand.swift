import AWSTransport
import ArgumentParser
import GalleryAWS
import GalleryHosting
import Logging

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// `imgn doctor`: checks a storage for real, and prints what to do about each thing that is wrong.
struct DoctorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Check an S3 storage for real, and print the remedy for everything that is wrong.",
        discussion: """
            Takes the flags and variables that `imgn serve` takes. Writes a few small objects under incoming/ and
            images/, and removes them again. Exit code 0 when nothing is wrong, 1 when something is.
            """
    )

    @OptionGroup var storage: StorageOptions

    @Option(help: "Address users reach the gallery under; the CORS check needs it. [IMGN_PUBLIC_URL]")
    var publicURL: String?

    @Flag(help: "Print one JSON object for each check.")
    var json = false

    func run() async throws {
        var reader = SettingsReader()
        let environment = AWSEnvironment.process
        let configuration = StorageConfiguration(storage.flags, environment: environment, &reader)
        let pageOrigin = GallerySettings.publicURL(publicURL, &reader)
        guard reader.problems.isEmpty else { throw StartFailure.configuration(reader.problems) }
        guard let configuration else {
            throw ValidationError("Name the storage to look at: --storage s3://bucket, or IMGN_STORAGE.")
        }
        let hasFault = try await AsyncHTTPClientExchange.withExchange { http in
            await examine(configuration, pageOrigin: pageOrigin, environment: environment, http: http)
        }
        if hasFault { throw ExitCode.failure }
    }

    private func examine(
        _ configuration: StorageConfiguration,
        pageOrigin: String?,
        environment: AWSEnvironment,
        http: any HTTPExchange
    ) async -> Bool {
        let logger = Logger(label: "imgn", factory: { _ in SwiftLogNoOpLogHandler() })
        let storage = ExternalStorage(configuration, environment: environment, http: http, logger: logger)
        var patient = DoctorPatient(
            client: storage.client,
            addressing: configuration.addressing,
            keys: configuration.keys,
            http: http
        )
        patient.setup = DoctorPatient.Setup(
            pageOrigin: pageOrigin,
            picturesURL: configuration.picturesURL,
            acl: configuration.acl
        )
        patient.setup.lender = storage.lender
        var hasFault = false
        let lines = FindingLines(isJSON: json)
        await StorageDoctor(patient).examine { finding in
            hasFault = hasFault || finding.verdict == .fault
            print(lines.text(finding))
        }
        return hasFault
    }
}
