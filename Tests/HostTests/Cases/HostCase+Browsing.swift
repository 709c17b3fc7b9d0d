import GalleryTesting
import HTTPTypes

/// Pages, lists, one picture.
extension HostCase {
    private static func fill(_ talk: Conversation, _ count: Int) async throws -> [String] {
        var ids: [String] = []
        for width in 1...count {
            let picture = ImageBuilder.png(width: width, height: 2)
            ids.append(try await talk.ask(Calls.picture("/api/images?name=p%20\(width).png", picture)).string("id"))
            talk.bench.clock.advance(bySeconds: 60)
        }
        return ids
    }

    static let browsing: [HostCase] = [
        HostCase("an empty gallery") { talk in
            for path in ["/", "/gallery", "/api/images", "/healthz", "/readyz"] { try await talk.get(path) }
        },
        HostCase("a gallery of seven, page by page") { talk in
            _ = try await fill(talk, 7)
            for path in ["/", "/gallery?limit=3", "/api/images?limit=3", "/api/images?limit=200", "/?limit=2"] {
                try await talk.get(path)
            }
            var next = try await talk.get("/api/images?limit=3").string("next")
            while !next.isEmpty {
                for path in ["/api/images", "/gallery", "/"] { try await talk.get("\(path)?limit=3&after=\(next)") }
                next = try await talk.get("/api/images?after=\(next)&limit=3").string("next")
            }
        },
        HostCase("odd queries of lists") { talk in
            _ = try await fill(talk, 2)
            let queries = [
                "limit=0", "limit=-1", "limit=201", "limit=abc", "limit=", "limit", "limit=%31",
                "after=", "after=x", "after=%00", "after=9999999999999999999", "foo=bar&limit=1", "&&limit=1&", "=",
                "?",
                "limit=1%202", "LIMIT=1", "a%20b=c&limit=1", "%zz=1", "limit=1&x=%C3%A4+%2B",
            ]
            for query in queries {
                for path in ["/api/images", "/gallery", "/"] { try await talk.get("\(path)?\(query)") }
            }
        },
        HostCase("a list asked for by one name twice", except: [.balancer]) { talk in
            _ = try await fill(talk, 3)
            for path in ["/api/images", "/gallery", "/"] { try await talk.get("\(path)?limit=1&limit=2") }
        },
        HostCase("one picture, by every address") { talk in
            let id = try await fill(talk, 1)[0]
            for path in ["/api/images/\(id)", "/i/\(id)", "/api/images/\(id)/original", "/api/images/\(id)?wait=0"] {
                try await talk.get(path)
                try await talk.ask(Call(.head, path))
            }
            try await talk.get("/i/\(id)", ["accept": "text/html"])
            for wait in ["1", "20", "21", "-1", "x", ""] { try await talk.get("/api/images/\(id)?wait=\(wait)") }
        },
        HostCase("pictures that are not there, and ids that are none") { talk in
            let ids = [
                "222222222222", "short", "toolongtoolong", "22222222222%20",
                "2222222222-2", "%C3%A4%C3%A42222222222", "222222222222.png", "..", "%2E%2E", "a+b",
                "%22%3E",
            ]
            for id in ids {
                for path in ["/api/images/\(id)", "/i/\(id)", "/api/images/\(id)/original", "/images/\(id).png"] {
                    try await talk.get(path)
                    try await talk.get(path, ["accept": "text/html,*/*"])
                }
                try await talk.ask(Call(.delete, "/api/images/\(id)", [.authorization: "Bearer x"]))
            }
        },
        HostCase("a picture is removed by its token, by the owner's, and by nobody else") { talk in
            let first = try await talk.ask(Calls.picture("/api/images", ImageBuilder.png(width: 3, height: 3)))
            let second = try await talk.ask(Calls.picture("/api/images", ImageBuilder.png(width: 4, height: 3)))
            let path = "/api/images/\(first.string("id"))"
            for authorization in [
                "", "Bearer", "Basic eDp5", "Bearer wrong", "Bearer a b", "bearer \(second.string("deleteToken"))",
            ] {
                try await talk.ask(Call(.delete, path, [.authorization: authorization]))
            }
            try await talk.ask(Call(.delete, path))
            try await talk.ask(Call(.delete, path, [.authorization: "bearer \(first.string("deleteToken"))"]))
            try await talk.get(path)
            try await talk.ask(Call(.delete, path, [.authorization: "Bearer \(first.string("deleteToken"))"]))
            let other = "/api/images/\(second.string("id"))"
            try await talk.ask(Call(.delete, other, [.authorization: "Bearer owner-token-0123456789"]))
            try await talk.get("/api/images")
        },
        HostCase("answers take their address from the request when nobody has set one", HostSetting(publicURL: nil)) {
            talk in
            let id = try await fill(talk, 1)[0]
            for path in ["/gallery", "/api/images/\(id)", "/i/\(id)", "/api/images/\(id)/original"] {
                try await talk.get(path)
            }
            let file: [String: Any] = ["name": "a", "type": "image/png", "size": 3, "sha256": Calls.sha256([1, 2, 3])]
            try await talk.post("/api/uploads", file)
        },
        HostCase("a gallery that is not ready", HostSetting(isUnready: true)) { talk in
            for path in ["/healthz", "/readyz"] {
                try await talk.get(path)
                try await talk.ask(Call(.head, path))
            }
        },
    ]
}
