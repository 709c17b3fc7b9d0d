import ArgumentParser
import GalleryClient

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// `imgn ls`: what is in a gallery, newest first.
struct ListCommand: AsyncParsableCommand {
    /// The most pictures the API gives in one page.
    private static let pageSize = 200

    static let configuration = CommandConfiguration(
        commandName: "ls",
        abstract: "List the pictures of a gallery, newest first.",
        discussion: "A line has id, dimensions, size, time (UTC) and name."
    )

    @OptionGroup var server: ServerOption

    @Option(help: "The most pictures; 0 for all.")
    var limit = 50

    @Flag(help: "Print one JSON object a line, a picture each.")
    var json = false

    func validate() throws {
        guard limit >= 0 else { throw ValidationError("--limit must not be negative.") }
    }

    func run() async throws {
        let server = try server.address()
        do {
            try await GalleryAPI.with(server) { try await list($0) }
        } catch let error as GalleryClientError {
            throw ClientFailure.unavailable(server, error)
        }
    }

    private func list(_ api: GalleryAPI) async throws {
        var left = limit == 0 ? Int.max : limit
        var cursor: String?
        while left > 0 {
            let page = try await api.pictures(after: cursor, limit: min(left, Self.pageSize))
            for picture in page.images {
                if json { Console.data(try jsonLine(picture)) } else { Console.out(line(picture)) }
            }
            left -= page.images.count
            guard let next = page.next, !page.images.isEmpty else { return }
            cursor = next
        }
    }

    private func line(_ picture: PublishedPicture) -> String {
        let time = picture.createdAt.formatted(.iso8601).prefix(16).replacing("T", with: " ")
        let dimensions = TerminalText.fit("\(picture.width)x\(picture.height)", columns: 11)
        let size = TerminalText.fit(Figures.bytes(picture.size), columns: 10)
        return "\(picture.id)  \(dimensions)  \(size)  \(time)  \(picture.name)"
    }

    private func jsonLine(_ picture: PublishedPicture) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        encoder.dateEncodingStrategy = .iso8601
        return String(decoding: try encoder.encode(picture), as: UTF8.self)
    }
}
