import GalleryTesting
import HTTPTypes

/// Ways in that carry bytes, and the mission's own route.
extension HostCase {
    static let forms: [HostCase] = [
        HostCase("a form with one picture, then the same again") { talk in
            let form = Calls.form(
                "/api/images",
                [("file", "ä \"b\".webp", "image/webp", ImageBuilder.webp(width: 9, height: 8))]
            )
            try await talk.ask(form)
            try await talk.ask(form)
            var page = form
            page.headers[.accept] = "text/html,application/xhtml+xml"
            try await talk.ask(page)
        },
        HostCase("a form with several pictures, one of them none") { talk in
            try await talk.ask(
                Calls.form(
                    "/api/images",
                    [
                        ("note", nil, nil, Array("hi".utf8)),
                        ("file", "a.png", "image/png", ImageBuilder.png(width: 4, height: 2)),
                        ("file", "b.gif", nil, ImageBuilder.gif(width: 5, height: 2)),
                    ]
                )
            )
            try await talk.ask(
                Calls.form(
                    "/api/images",
                    [
                        ("file", "c.png", "image/png", ImageBuilder.png(width: 6, height: 2)),
                        ("file", "d.png", "image/png", Array("<!doctype html>".utf8)),
                    ]
                )
            )
        },
        HostCase("forms that are none") { talk in
            let forms: [Call] = [
                Calls.form("/api/images", []),
                Calls.form("/api/images", [("file", "", "application/octet-stream", [])]),
                Calls.form("/api/images", [("file", "x.png", "image/png", [])]),
                Calls.form("/api/images", [("other", "x", nil, [1])]),
                Call(.post, "/api/images", [.contentType: "multipart/form-data"], body: Array("--x--".utf8)),
                Call(
                    .post,
                    "/api/images",
                    [.contentType: "multipart/form-data; boundary=x"],
                    body: Array("--x\r\n".utf8)
                ),
                Call(.post, "/api/images", [.contentType: "multipart/form-data; boundary=x"]),
                Call(
                    .post,
                    "/api/images",
                    [.contentType: "application/x-www-form-urlencoded"],
                    body: Array("a=1".utf8)
                ),
                Call(.post, "/api/images"),
            ]
            for form in forms {
                try await talk.ask(form)
                var page = form
                page.headers[.accept] = "text/html"
                try await talk.ask(page)
            }
        },
        HostCase("raw bodies with names of every kind") { talk in
            let names = [
                "a%20b.gif", "%C3%A4%F0%9F%98%80.gif", "", "..%2F..%2Fx", "%00", "a%26b%3Dc.gif", "%22%3Cb%3E", "a;b,c",
            ]
            for (index, name) in names.enumerated() {
                let picture = ImageBuilder.gif(width: 3 + index, height: 2)
                let image = try await talk.ask(Calls.picture("/api/images?name=\(name)", picture)).string("id")
                try await talk.get("/i/\(image)")
                try await talk.get("/api/images/\(image)/original")
            }
        },
        HostCase("pictures over the limit", HostSetting(uploadBytes: 100)) { talk in
            let large = ImageBuilder.png(width: 90, height: 90) + [UInt8](repeating: 1, count: 500)
            try await talk.ask(Calls.picture("/api/images", large))
            try await talk.ask(Calls.form("/api/images", [("file", "x.png", "image/png", large)]))
            try await talk.ask(Calls.form("/upload", [("file", "x.png", "image/png", large)]))
            try await talk.post("/api/uploads", ["size": 101, "sha256": Calls.sha256([1])])
        },
        HostCase("a picture of three megabytes by form") { talk in
            let noise = (0..<3_000_000).map { UInt8(truncatingIfNeeded: $0 &* 2_654_435_761 >> 5) }
            let picture = ImageBuilder.jpeg(width: 16, height: 16) + noise
            try await talk.ask(Calls.form("/api/images", [("file", "x.jpg", "image/jpeg", picture)]))
            try await talk.ask(Calls.form("/upload", [("file", "y.jpg", "image/jpeg", picture)]))
        },
        HostCase("the mission's form: with bytes, with facts, as text, and broken") { talk in
            let picture = ImageBuilder.png(width: 5, height: 5)
            try await talk.ask(Calls.form("/upload", [("file", "x.png", "image/png", picture)]))
            try await talk.ask(
                Calls.form("/upload", [("file", "x.png", "image/png", picture)], ["accept": "text/plain"])
            )
            let facts: [(name: String, fileName: String?, type: String?, content: [UInt8])] = [
                ("name", nil, nil, Array("ü.png".utf8)), ("type", nil, nil, Array("image/png".utf8)),
                ("size", nil, nil, Array("3".utf8)), ("sha256", nil, nil, Array(Calls.sha256([1, 2, 3]).utf8)),
            ]
            for count in 0...4 { try await talk.ask(Calls.form("/upload", Array(facts.prefix(count)))) }
            try await talk.ask(Calls.form("/upload", [("name", nil, nil, [UInt8](repeating: 65, count: 5000))]))
            try await talk.post("/upload", ["name": "x"])
        },
    ]
}
