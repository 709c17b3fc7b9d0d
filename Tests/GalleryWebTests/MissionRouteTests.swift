import GalleryCore
import GalleryTesting
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import Testing

@testable import GalleryWeb

@Suite("The mission's two routes")
struct MissionRouteTests {
    @Test("POST /upload answers with a ticket for exactly the form's file, and stores nothing")
    func upload() async throws {
        let bench = WebBench()
        let bytes = ImageBuilder.jpeg(width: 20, height: 10)
        let response = try await bench.ask(.post, "/upload", headers: FormBody.headers, body: FormBody.file(bytes))
        #expect(response.status == .created)
        #expect(try response.object["method"] as? String == "PUT")
        #expect(try await bench.storage.incomingIDs(after: nil, limit: 5).isEmpty)
    }

    @Test("POST /upload answers text/plain with the URL alone")
    func plain() async throws {
        var headers = FormBody.headers
        headers[.accept] = "text/plain"
        let response = try await WebBench().ask(.post, "/upload", headers: headers, body: FormBody.file([1, 2, 3]))
        #expect(response.status == .created)
        #expect(response.text.hasSuffix("\n") && response.text.split(separator: "\n").count == 1)
        #expect(response.text.contains("://"))
    }

    @Test("POST /upload takes a form that only describes the file")
    func described() async throws {
        var form = FormBody()
        form.add("name", Array("x.png".utf8))
        form.add("type", Array("image/png".utf8))
        form.add("size", Array("3".utf8))
        form.add("sha256", Array(sha256Base64([1, 2, 3]).utf8))
        let response = try await WebBench().ask(.post, "/upload", headers: FormBody.headers, body: form.closed)
        #expect(response.status == .created)
    }

    @Test("POST /upload refuses what is no form, has no file, or is cut off, in words")
    func refusals() async throws {
        let bench = WebBench()
        var noFile = FormBody()
        noFile.add("other", [1])
        let cut = Array(FormBody.file([1, 2, 3]).dropLast(10))
        let bodies: [(HTTPFields, [UInt8])] = [
            ([:], [1]), ([.contentType: "multipart/form-data"], [1]), (FormBody.headers, noFile.closed),
            (FormBody.headers, cut),
        ]
        for (headers, body) in bodies {
            let response = try await bench.ask(.post, "/upload", headers: headers, body: body)
            #expect(response.status == .badRequest)
            #expect(try response.object["code"] as? String == "bad-form")
        }
    }

    @Test("POST /upload counts what streams by, and stops at the limit")
    func tooLarge() async throws {
        let bench = WebBench(limits: GalleryLimits(uploadBytes: 10))
        let body = FormBody.file([UInt8](repeating: 1, count: 11))
        #expect(try await bench.ask(.post, "/upload", headers: FormBody.headers, body: body).status == .contentTooLarge)
    }

    @Test("a plain field has at most 4 KiB")
    func largeField() async throws {
        var form = FormBody()
        form.add("name", [UInt8](repeating: 97, count: 4097))
        let response = try await WebBench().ask(.post, "/upload", headers: FormBody.headers, body: form.closed)
        #expect(try response.object["code"] as? String == "bad-form")
    }

    @Test("GET /gallery is an array of src and meta, newest first, paged by Link")
    func gallery() async throws {
        let bench = WebBench()
        var ids: [String] = []
        for seed in 0..<3 {
            ids.append(
                try await bench.publish(ImageBuilder.png(width: 5 + seed, height: 4, seed: UInt64(seed))).rawValue
            )
        }
        let first = try await bench.ask(.get, "/gallery?limit=2")
        #expect(try first.array.map { $0["id"] as? String } == [ids[2], ids[1]])
        #expect(try first.array.map { $0["meta"] as? String } == ["7x4", "6x4"])
        #expect(try (first.array[0]["src"] as? String)?.hasSuffix("/images/\(ids[2]).png") == true)
        let link = try #require(HTTPField.Name("Link").flatMap { first.headers[$0] })
        #expect(link.hasSuffix("; rel=\"next\""))
        let next = try #require(
            link.firstIndex(of: "/").map { String(link[$0...].dropFirst(2).drop { $0 != "/" }.prefix { $0 != ">" }) }
        )
        let second = try await bench.ask(.get, next)
        #expect(try second.array.map { $0["id"] as? String } == [ids[0]])
        #expect(HTTPField.Name("Link").flatMap { second.headers[$0] } == nil)
    }

    @Test(
        "cursors and limits that make no sense are refused",
        arguments: ["limit=0", "limit=201", "limit=x", "after=-1", "after=%00"]
    )
    func badQueries(query: String) async throws {
        #expect(try await WebBench().ask(.get, "/gallery?\(query)").status == .badRequest)
        #expect(try await WebBench().ask(.get, "/api/images?\(query)").status == .badRequest)
    }
}
