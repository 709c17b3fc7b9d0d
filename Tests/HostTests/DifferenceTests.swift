import GalleryCore
import GalleryTesting
import HTTPTypes
import Testing

/// What no adapter can make up for, since the front has thrown it away; so that nobody is surprised.
@Suite("Where fronts differ by themselves")
struct DifferenceTests {
    private func path(_ host: Host, _ target: String) async throws -> [Reply] {
        try await host.run { talk in try await talk.get(target) }.map(\.reply)
    }

    @Test("an HTTP API decodes an encoded slash into one, all others leave it")
    func encodedSlash() async throws {
        for host in Host.allCases {
            let reply = try await path(host, "/echo/a%2Fb")[0]
            #expect(reply.status == (host == .httpAPI ? 404 : 200), "\(host.rawValue)")
        }
    }

    @Test("an HTTP API ends the path at an encoded question mark")
    func encodedQuestionMark() async throws {
        for host in Host.allCases {
            let reply = try await path(host, "/echo/a%3Fb")[0]
            #expect(reply.string("name") == (host == .httpAPI ? "a" : "a?b"), "\(host.rawValue)")
        }
    }

    @Test("an HTTP API decodes what need not have been encoded; to all others that is another path")
    func needlesslyEncoded() async throws {
        for host in Host.allCases {
            let reply = try await path(host, "/%67allery")[0]
            #expect(reply.status == (host == .httpAPI ? 200 : 404), "\(host.rawValue)")
        }
    }

    @Test("a picture that does not fit through a gateway is where a redirection says")
    func largePicture() async throws {
        let small = ImageBuilder.png(width: 7, height: 5)
        let more = ImageBuilder.pngChunk("IDAT", [UInt8](repeating: 0, count: 5 << 20))
        let picture = small.dropLast(12) + more + small.suffix(12)
        for host in Host.allCases {
            let replies = try await host.run { talk in
                let id = ImageID.random()
                talk.bench.storage.put(Array(picture), as: id)
                _ = try await talk.bench.gallery.ingest(id)
                let page = try await talk.get("/images/\(id).png")
                if let address = page.headers["location"]?.first { try await talk.get(address) }
                try await talk.get("/images/\(id).png", ["range": "bytes=0-99999"])
            }.map(\.reply)
            #expect(replies.map(\.status) == (host == .server ? [200, 206] : [303, 303, 206]), "\(host.rawValue)")
        }
    }

    @Test("a REST API turns a plus in a query into a blank, a load balancer without lists keeps one value of a name")
    func queries() async throws {
        for host in Host.allCases {
            let reply = try await path(host, "/echo/q?a=1+2&a=3")[0]
            let query = reply.object["query"] as? [String]
            let expected =
                switch host {
                case .restAPI: ["a=1 2", "a=3"]
                case .balancer: ["a=3"]
                default: ["a=1+2", "a=3"]
                }
            #expect(query == expected, "\(host.rawValue)")
        }
    }
}
