import GalleryTesting
import HTTPTypes

/// Bytes: pictures and the page's own files.
extension HostCase {
    private static func file(_ talk: Conversation, _ bytes: [UInt8]) async throws -> String {
        let image = try await talk.ask(Calls.picture("/api/images", bytes))
        return image.string("src").replacing("https://pictures.example", with: "")
    }

    static let files: [HostCase] = [
        HostCase("a picture's bytes in every format") { talk in
            let pictures = [
                ImageBuilder.png(width: 9, height: 8), ImageBuilder.gif(width: 3, height: 2),
                ImageBuilder.webp(width: 9, height: 8), ImageBuilder.jpeg(width: 16, height: 16),
            ]
            for picture in pictures {
                let path = try await file(talk, picture)
                try await talk.get(path)
                try await talk.ask(Call(.head, path))
                for other in [".png", ".jpg", ".gif", ".webp", ".svg", ""] {
                    try await talk.get(path.split(separator: ".").dropLast().joined() + other)
                }
            }
        },
        HostCase("ranges of a picture") { talk in
            let path = try await file(talk, ImageBuilder.png(width: 40, height: 30))
            let ranges = [
                "bytes=0-0", "bytes=0-9", "bytes=5-", "bytes=-5", "bytes=0-99999999", "bytes=99999999-", "bytes=-0",
                "bytes=9-3",
                "bytes=0-1,3-4", "bytes=a-b", "bytes=", "items=0-1", "BYTES=1-2", "bytes=-99999999999999999999",
            ]
            for range in ranges {
                try await talk.get(path, ["range": range])
                try await talk.ask(Call(.head, path, [.range: range]))
            }
        },
        HostCase("conditions on a picture") { talk in
            let path = try await file(talk, ImageBuilder.png(width: 4, height: 3))
            let reply = try await talk.get(path)
            let tag = reply.headers["etag"]?.first ?? ""
            let date = reply.headers["last-modified"]?.first ?? ""
            for match in [tag, "W/\(tag)", "*", "\"x\", \(tag)", "\"x\"", "", "\"a,b\""] {
                try await talk.get(path, ["if-none-match": match])
                try await talk.ask(Call(.head, path, [.ifNoneMatch: match]))
            }
            for condition in [tag, date, "\"x\"", "Sun, 22 Nov 2020 19:00:00 GMT"] {
                try await talk.get(path, ["range": "bytes=1-2", "if-range": condition])
            }
            try await talk.get(path, ["if-modified-since": date])
        },
        HostCase("a large picture comes whole") { talk in
            let noise = (0..<600_000).map { UInt8(truncatingIfNeeded: $0 &* 2_654_435_761 >> 7) }
            let path = try await file(talk, ImageBuilder.png(width: 7, height: 5) + noise)
            try await talk.get(path)
            try await talk.get(path, ["range": "bytes=250000-550000"])
        },
        HostCase("the page's own files, and none that are not") { talk in
            for name in ["app.js", "style.css", "icon.svg", "gallery.css", "sha256.js"] {
                let reply = try await talk.get("/ui/\(name)")
                try await talk.ask(Call(.head, "/ui/\(name)"))
                try await talk.get("/ui/\(name)", ["if-none-match": reply.headers["etag"]?.first ?? ""])
            }
            for name in [
                "", "x.js", "..%2FPackage.swift", "%2e%2e", "app.js%00", "app.js/", "a%20b",
                "gallery.mustache",
            ] {
                try await talk.get("/ui/\(name)")
            }
        },
    ]
}
