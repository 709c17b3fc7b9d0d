import GalleryTesting
import HTTPTypes

/// Methods and paths that are not taken.
extension HostCase {
    private static let paths = [
        "/", "/i/222222222222", "/ui/app.js", "/upload", "/gallery", "/api/uploads", "/api/uploads/parts",
        "/api/uploads/complete",
        "/api/images", "/api/images/222222222222", "/api/images/222222222222/original", "/s3/params", "/s3/multipart",
        "/s3/multipart/x", "/s3/multipart/x/batch", "/s3/multipart/x/1", "/s3/multipart/x/complete", "/s3/sts",
        "/hooks/s3",
        "/images/222222222222.png", "/renditions/222222222222/320.webp", "/healthz", "/readyz",
    ]

    static let refusals: [HostCase] = [
        HostCase("every path with every method") { talk in
            let methods: [HTTPRequest.Method] = [.get, .head, .post, .put, .patch, .delete, .options, .trace]
            for path in paths {
                for method in methods { try await talk.ask(Call(method, path)) }
            }
        },
        HostCase("every path for a browser that navigates") { talk in
            for path in paths {
                for method in [HTTPRequest.Method.get, .post, .put] {
                    try await talk.ask(Call(method, path, [.accept: "text/html,application/xhtml+xml,*/*;q=0.8"]))
                }
            }
        },
        HostCase("paths that lead nowhere") { talk in
            let odd = [
                "/nothing", "//", "//gallery", "/gallery/", "/api", "/api/", "/api/images/", "/images/", "/images",
                "/renditions", "/renditions/", "/renditions/222222222222", "/renditions/222222222222/x",
                "/GALLERY", "/i", "/%",
                "/a%20b", "/%C3%A4",
                "/gallery%20",
                "/api/images/222222222222/", "/api/images/222222222222/original/x", "/.well-known/x", "/favicon.ico",
                "/robots.txt",
                "/gallery;x=1", "/i/222222222222/x", "/a'b(c)*", "/a:b@c", "/a,b;c=d&e", "/~a_b-c.d",
            ]
            for path in odd { try await talk.get(path) }
        },
        HostCase("an error that nobody knows") { talk in
            try await talk.get("/fail")
            try await talk.get("/fail", ["accept": "text/html"])
            try await talk.ask(Call(.head, "/fail"))
        },
    ]
}
