import ArgumentParser
import GalleryClient

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// `imgn rm`: pictures out of a gallery.
struct RemoveCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rm",
        abstract: "Remove pictures from a gallery.",
        discussion: """
            Pictures that were uploaded from here with `imgn upload` can be removed from here; \
            all others with the owner's token.
            """
    )

    @Argument(help: ArgumentHelp("Ids of pictures, as `imgn ls` prints them.", valueName: "id"))
    var ids: [String]

    @OptionGroup var server: ServerOption

    @Option(help: "The owner's token, or a picture's own delete token. [IMGN_OWNER_TOKEN]")
    var token: String?

    func run() async throws {
        let server = try server.address()
        var failures = 0
        do {
            try await GalleryAPI.with(server) { api in
                for id in ids where try await !remove(id, api) { failures += 1 }
            }
        } catch let error as GalleryClientError {
            throw ClientFailure.unavailable(server, error)
        } catch let failure as UploadJournal.Failure {
            throw ClientFailure.journal(failure)
        }
        if failures > 0 { throw ExitCode.failure }
    }

    /// - Returns: Whether the picture is gone.
    private func remove(_ id: String, _ api: GalleryAPI) async throws -> Bool {
        let journal = UploadJournal.ofThisUser
        let own = try await journal.removalRight(for: id, on: api.server)?.deleteToken
        guard let right = token ?? own ?? ProcessInfo.processInfo.nonEmpty("IMGN_OWNER_TOKEN") else {
            Console.note(
                """
                imgn: \(id): not uploaded from here, so only the owner may remove it. \
                Give the owner's token with --token or IMGN_OWNER_TOKEN.
                """
            )
            return false
        }
        do {
            try await api.remove(id, token: right)
        } catch GalleryClientError.refused(let problem) {
            Console.note("imgn: \(id): \(problem.detail)")
            return false
        }
        if own != nil { try await journal.forgetRight(for: id, on: api.server) }
        Console.out("removed \(id)")
        return true
    }
}
