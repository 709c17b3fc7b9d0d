import GalleryCore
import GalleryTesting
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import Testing

@testable import GalleryWeb

@Suite("/api/images")
struct ImageRouteTests {
    @Test("a form with a picture answers 201 with the image and where it is")
    func form() async throws {
        let bench = WebBench()
        let body = FormBody.file(ImageBuilder.webp(width: 9, height: 8), name: "ä \"b\".webp")
        let response = try await bench.ask(.post, "/api/images", headers: FormBody.headers, body: body)
        #expect(response.status == .created)
        let image = try response.object
        #expect(image["meta"] as? String == "9x8" && image["format"] as? String == "webp")
        #expect(response.headers[.location] == (image["id"] as? String).map { "/i/\($0)" })
    }

    @Test("a raw body with a picture answers 201, its name comes from the query")
    func raw() async throws {
        let bytes = ImageBuilder.gif(width: 3, height: 2)
        let response = try await WebBench().ask(.post, "/api/images?name=a%20b.gif", body: bytes)
        #expect(response.status == .created)
        #expect(try response.object["name"] as? String == "a b.gif")
    }

    @Test("the same bytes again answer 200 with the first image")
    func duplicate() async throws {
        let bench = WebBench()
        let bytes = ImageBuilder.png(width: 3, height: 2)
        let first = try await bench.ask(.post, "/api/images", body: bytes)
        let second = try await bench.ask(.post, "/api/images", body: bytes)
        #expect(second.status == .ok)
        #expect(try first.object["id"] as? String == second.object["id"] as? String)
    }

    @Test("a browser is sent on to the picture, or to the gallery when it sent several")
    func browsers() async throws {
        let bench = WebBench()
        var headers = FormBody.headers
        headers[.accept] = "text/html,application/xhtml+xml"
        let body = FormBody.file(ImageBuilder.png(width: 3, height: 2))
        let one = try await bench.ask(.post, "/api/images", headers: headers, body: body)
        #expect(one.status == .seeOther)
        #expect(one.headers[.location]?.hasPrefix("/i/") == true)
        var form = FormBody()
        form.add("file", ImageBuilder.png(width: 4, height: 2), fileName: "a.png")
        form.add("file", ImageBuilder.png(width: 5, height: 2), fileName: "b.png")
        let two = try await bench.ask(.post, "/api/images", headers: headers, body: form.closed)
        #expect(two.status == .seeOther && two.headers[.location] == "/")
    }

    @Test("a refused file explains itself, as JSON and as a page")
    func refused() async throws {
        let bench = WebBench()
        let html = Array("<!doctype html><p>hi".utf8)
        let json = try await bench.ask(.post, "/api/images", headers: FormBody.headers, body: FormBody.file(html))
        #expect(json.status == .unsupportedMediaType)
        #expect(try json.object["code"] as? String == "unsupported-type")
        #expect(try (json.object["detail"] as? String)?.contains("HTML") == true)
        var headers = FormBody.headers
        headers[.accept] = "text/html"
        let page = try await bench.ask(.post, "/api/images", headers: headers, body: FormBody.file(html))
        #expect(page.status == .unsupportedMediaType)
        #expect(page.headers[.contentType] == "text/html; charset=utf-8")
        #expect(page.text.contains("HTML"))
        #expect(bench.storage.publishedCount == 0)
    }

    @Test("a form of several says which file was refused, and what became of the others")
    func partlyTaken() async throws {
        let bench = WebBench()
        var form = FormBody()
        form.add("file", ImageBuilder.png(width: 4, height: 2), fileName: "a.png")
        form.add("file", Array("<!doctype html>".utf8), fileName: "b.png")
        let response = try await bench.ask(.post, "/api/images", headers: FormBody.headers, body: form.closed)
        #expect(response.status == .unsupportedMediaType)
        let detail = try #require(try response.object["detail"] as? String)
        #expect(detail.hasPrefix("b.png: ") && detail.contains("The picture before it is in the gallery"))
        #expect(bench.storage.publishedCount == 1)
    }

    @Test("a form that breaks right behind its file is refused whole")
    func brokenBehindTheFile() async throws {
        let bench = WebBench()
        let whole = FormBody.file(ImageBuilder.png(width: 4, height: 2))
        for tail in ["?!\r\n", "", "-"] {
            let body = Array(whole.dropLast(4)) + Array(tail.utf8)
            let response = try await bench.ask(.post, "/api/images", headers: FormBody.headers, body: body)
            #expect(try response.object["code"] as? String == "bad-form", "\(tail)")
        }
        #expect(bench.storage.publishedCount == 0)
    }

    @Test("no file, an empty file and a file over the limit are refused")
    func sizes() async throws {
        let bench = WebBench(limits: GalleryLimits(uploadBytes: 100))
        #expect(
            try await bench.ask(.post, "/api/images", headers: FormBody.headers, body: FormBody.file([], name: ""))
                .status == .badRequest
        )
        #expect(
            try await bench.ask(.post, "/api/images", headers: FormBody.headers, body: FormBody.file([])).status
                == .badRequest
        )
        let large = [UInt8](repeating: 1, count: 101)
        #expect(
            try await bench.ask(.post, "/api/images", headers: FormBody.headers, body: FormBody.file(large)).status
                == .contentTooLarge
        )
        #expect(try await bench.ask(.post, "/api/images", body: large).status == .contentTooLarge)
    }

    @Test("one image answers in every state")
    func states() async throws {
        let bench = WebBench()
        let ready = try await bench.publish(ImageBuilder.png(width: 3, height: 2))
        let rejected = try await bench.publish(Array("plain words".utf8))
        let incoming = ImageID.random()
        bench.storage.put([1], as: incoming)
        #expect(try await bench.ask(.get, "/api/images/\(ready)").object["state"] as? String == "ready")
        #expect(try await bench.ask(.get, "/api/images/\(incoming)").object["state"] as? String == "incoming")
        let refusal = try await bench.ask(.get, "/api/images/\(rejected)?wait=0").object
        #expect(refusal["state"] as? String == "rejected" && refusal["reason"] as? String == "unsupported-type")
        let unknown = try await bench.ask(.get, "/api/images/\(ImageID.random())")
        #expect(unknown.status == .notFound)
        #expect(try unknown.object["code"] as? String == "image-not-found")
    }

    @Test(
        "ids and waits that make no sense are refused",
        arguments: ["x", "%2e%2e%2f", "abcdefghijkm?wait=x", "abcdefghijkm?wait=21", "abcdefghijkm?wait=-1"]
    )
    func nonsense(path: String) async throws {
        #expect(try await WebBench().ask(.get, "/api/images/\(path)").status == .badRequest)
    }

    @Test("the list pages by cursor and ends with null")
    func list() async throws {
        let bench = WebBench()
        for seed in 0..<3 { try await bench.publish(ImageBuilder.png(width: 3, height: 2, seed: UInt64(seed))) }
        let first = try await bench.ask(.get, "/api/images?limit=2").object
        #expect((first["images"] as? [Any])?.count == 2)
        let next = try #require(first["next"] as? String)
        let second = try await bench.ask(.get, "/api/images?limit=2&after=\(next)")
        #expect(second.text.contains("\"next\":null"))
    }
}
