import Foundation
import GalleryCore
import GalleryTesting
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import Testing

@testable import GalleryWeb

@Suite("Pages")
struct PageTests {
    private let hostile = "\"><img src=x onerror=alert(1)>.png"

    @Test("the gallery renders on the server, under a strict policy")
    func gallery() async throws {
        let bench = WebBench()
        let id = try await bench.publish(ImageBuilder.png(width: 30, height: 20))
        let page = try await bench.ask(.get, "/")
        #expect(page.status == .ok)
        #expect(page.text.contains("/images/\(id).png") && page.text.contains("30 × 20"))
        let policy = try #require(page.headers[.contentSecurityPolicy])
        #expect(policy.contains("default-src 'none'") && !policy.contains("unsafe"))
    }

    @Test("every branch of the gallery has all it names: empty or not, newest or older, with more behind or the last")
    func galleryBranches() async throws {
        let bench = WebBench()
        #expect(try await bench.ask(.get, "/").text.contains("Nothing here yet"))
        _ = try await bench.publish(ImageBuilder.png(width: 30, height: 20))
        _ = try await bench.publish(ImageBuilder.png(width: 31, height: 20))
        let first = try await bench.ask(.get, "/?limit=1").text
        #expect(first.contains("Newest pictures") && first.contains("rel=\"next\""))
        let next = try #require(first.split(separator: "href=\"/?after=").last?.prefix { $0 != "\"" })
        let last = try await bench.ask(.get, "/?after=\(next)").text
        #expect(last.contains("<title>Older pictures – imgn") && !last.contains("rel=\"next\""))
        #expect(last.contains("<li class=\"tile\" data-id=\"\" data-width=\"\" data-height=\"\" data-thumbhash=\"\""))
    }

    @Test("a hostile name is text everywhere")
    func hostileNames() async throws {
        let bench = WebBench()
        let id = try await bench.publish(ImageBuilder.png(width: 30, height: 20), name: hostile)
        for path in ["/", "/i/\(id)"] {
            let page = try await bench.ask(.get, path)
            #expect(!page.text.contains("<img src=x"), "\(path)")
            #expect(page.text.contains("&lt;img src=x onerror"), "\(path)")
        }
    }

    @Test("a combining mark behind a quote or a bracket does not unescape it")
    func combiningMarks() async throws {
        let bench = WebBench()
        let name = "\"\u{301}><\u{200D}img src=x onerror=alert(1)>.png"
        let id = try await bench.publish(ImageBuilder.png(width: 30, height: 20), name: name)
        for path in ["/", "/i/\(id)"] {
            let scalars = Array(try await bench.ask(.get, path).text.unicodeScalars)
            #expect(
                !scalars.indices.dropLast().contains { scalars[$0] == "\"" && scalars[$0 + 1] == "\u{301}" },
                "\(path)"
            )
            #expect(
                !scalars.indices.dropLast().contains { scalars[$0] == "<" && scalars[$0 + 1] == "\u{200D}" },
                "\(path)"
            )
        }
        #expect(Array(MarkdownText.escape("]\u{301}").unicodeScalars).first == "\\")
    }

    @Test("the image page tells other sites what it shows")
    func imagePage() async throws {
        let bench = WebBench(configuration: GalleryWebConfiguration(publicURL: "https://pictures.example"))
        let id = try await bench.publish(ImageBuilder.png(width: 30, height: 20), name: "cat.png")
        let page = try await bench.ask(.get, "/i/\(id)").text
        #expect(page.contains("property=\"og:image\" content=\"https://pictures.example/images/\(id).png\""))
        #expect(page.contains("property=\"og:image:width\" content=\"30\""))
        #expect(page.contains("22 November 2026"))
    }

    @Test("the page of a second upload of the same bytes leads to the first")
    func duplicatePage() async throws {
        let bench = WebBench()
        let bytes = ImageBuilder.png(width: 30, height: 20)
        let first = try await bench.publish(bytes)
        let second = try await bench.publish(bytes)
        let response = try await bench.ask(.get, "/i/\(second)")
        #expect(response.status.kind == .redirection)
        #expect(response.headers[.location] == "/i/\(first)")
    }

    @Test(
        "what is not there says so, to people and to programs",
        arguments: ["/i/abcdefghijkm", "/i/x", "/nothing", "/ui/nothing.js"]
    )
    func notFound(path: String) async throws {
        let page = try await WebBench().ask(.get, path, headers: [.accept: "text/html"])
        #expect(page.status == .notFound)
        #expect(page.headers[.contentType] == "text/html; charset=utf-8")
        let problem = try await WebBench().ask(.get, path)
        #expect(problem.headers[.contentType] == "application/problem+json")
        #expect(try problem.object["status"] as? Int == 404)
    }

    @Test(
        "a method that a path does not take is refused with those it does",
        arguments: [
            (.delete, "/", "GET, HEAD"), (.post, "/gallery", "GET, HEAD"), (.get, "/upload", "POST"),
            (.put, "/api/uploads", "POST, DELETE"), (.patch, "/api/images", "GET, HEAD, POST"),
        ] as [(HTTPRequest.Method, String, String)]
    )
    func otherMethods(method: HTTPRequest.Method, path: String, allow: String) async throws {
        let response = try await WebBench().ask(method, path)
        #expect(response.status == .methodNotAllowed)
        #expect(try response.object["code"] as? String == "method-not-allowed")
        #expect(HTTPField.Name("Allow").flatMap { response.headers[$0] } == allow)
    }

    @Test("HEAD is answered wherever GET is, without a body", arguments: ["/", "/gallery", "/healthz", "/ui/app.js"])
    func head(path: String) async throws {
        let response = try await WebBench().ask(.head, path)
        #expect(response.status == .ok)
        #expect(response.body.readableBytes == 0)
        #expect(response.headers[.contentLength].flatMap { Int($0) } ?? 0 > 0)
    }

    @Test("page files are served with their type, and not again to whoever has them")
    func files() async throws {
        let bench = WebBench()
        let script = try await bench.ask(.get, "/ui/app.js")
        #expect(script.headers[.contentType] == "text/javascript; charset=utf-8")
        let etag = try #require(script.headers[.eTag])
        #expect(try await bench.ask(.get, "/ui/app.js", headers: [.ifNoneMatch: etag]).status == .notModified)
        #expect(try await bench.ask(.get, "/ui/style.css").headers[.contentType] == "text/css; charset=utf-8")
    }

    @Test("a Host that could break a page or a header is refused", arguments: ["a\"b", "a/b", "a b", "<script>", ""])
    func hostileHost(host: String) {
        let links = Links(publicURL: nil, storage: MemoryImageStorage(now: { Date() }))
        let head = HTTPRequest(method: .get, scheme: "http", authority: host, path: "/")
        #expect(throws: GalleryError.self) {
            _ = try links.origin(of: Request(head: head, body: RequestBody(buffer: .init())))
        }
    }

    @Test("names are escaped in the snippets people copy")
    func snippets() {
        #expect(HTMLText.escape("a\"<b>&'") == "a&quot;&lt;b&gt;&amp;&#39;")
        #expect(MarkdownText.escape("a](b)*") == "a\\]\\(b\\)\\*")
    }

    @Test(
        "bytes are written for people",
        arguments: [
            (1, "1 byte"), (17, "17 bytes"), (1024, "1 KiB"), (1536, "1.5 KiB"), (104_857_600, "100 MiB"),
            (3_565_158, "3.4 MiB"), (1_073_741_824, "1 GiB"),
        ] as [(Int64, String)]
    )
    func byteCounts(bytes: Int64, text: String) {
        #expect(ByteCount(bytes).description == text)
    }
}
