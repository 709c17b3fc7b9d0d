import Foundation
import GalleryCore
import GalleryTesting
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Testing

@testable import GalleryWeb

@Suite("/s3: Uppy Companion's protocol")
struct CompanionRouteTests {
    private let bench = WebBench(limits: GalleryLimits(uploadBytes: 1000))

    /// The answer to a request that must succeed: 200, as everywhere in the protocol.
    private func ask(_ method: HTTPRequest.Method, _ uri: String, _ body: String? = nil) async throws -> TestResponse {
        let response = try await bench.ask(method, uri, body: body.map { Array($0.utf8) })
        #expect(response.status == .ok, "\(response.text)")
        #expect(response.headers[.contentType] == "application/json" && response.headers[.cacheControl] == "no-store")
        return response
    }

    private func begin() async throws -> (path: String, key: String, upload: LargeUpload) {
        let body = """
            {"filename":"a b.png","metadata":{"caption":"hé","name":"a b.png","type":"image/png"},"type":"image/png"}
            """
        let begun = try await ask(.post, "/s3/multipart", body).object
        #expect(Set(begun.keys) == ["key", "uploadId", "bucket"] && begun["bucket"] as? String == "memory")
        let key = try #require(begun["key"] as? String)
        let token = try #require(begun["uploadId"] as? String)
        #expect(
            token.utf8.allSatisfy {
                "-_.".utf8.contains($0) || Character(UnicodeScalar($0)).isLetter || (48...57).contains($0)
            }
        )
        let upload = try #require(bench.storage.multiparts.first { key == "incoming/\($0.id)" })
        return ("/s3/multipart/\(token)", key, upload)
    }

    @Test("a small file is a form: fields, an address that ends in /, and how long it is good")
    func form() async throws {
        let uri = "/s3/params?filename=a+b%C3%BC.png&type=image%2Fpng&metadata%5Bname%5D=a+b.png&metadata%5Btype%5D=x"
        let params = try await ask(.get, uri).object
        #expect(params["method"] as? String == "POST" && params["expires"] as? Int == 300)
        #expect((params["url"] as? String)?.hasSuffix("/memory/") == true)
        let fields = try #require(params["fields"] as? [String: String])
        #expect(fields["x-amz-meta-name"] == "a bü.png" && fields["content-type"] == "image/png")
        #expect(fields["key"]?.hasPrefix("incoming/") == true && fields["policy"] == "1...1000 for 300 s")
    }

    @Test("a client that says size and digest gets a PUT that binds them", arguments: [false, true])
    func put(isMetadata: Bool) async throws {
        let digest = sha256Base64([1, 2]).replacing("+", with: "%2B").replacing("=", with: "%3D")
        let names = isMetadata ? ("metadata%5Bsize%5D", "metadata[sha256]") : ("size", "sha256")
        let params = try await ask(.get, "/s3/params?filename=x&type=image/png&\(names.0)=2&\(names.1)=\(digest)")
            .object
        #expect(params["method"] as? String == "PUT" && (params["fields"] as? [String: String])?.isEmpty == true)
        #expect((params["headers"] as? [String: String])?["content-type"] == "image/png")
    }

    @Test("parts are signed, one or several, listed with quotes, and joined by a list with or without them")
    func parts() async throws {
        let (path, key, upload) = try await begin()
        let png = ImageBuilder.png(width: 7, height: 5)
        let encodedKey = key.replacing("/", with: "%2F")
        let signed = try await ask(.get, "\(path)/1?key=\(encodedKey)").object
        #expect((signed["url"] as? String)?.contains("partNumber=1&uploadId=\(upload.storageID)") == true)
        #expect(signed["expires"] as? Int == 300)
        let batch = try await ask(.get, "\(path)/batch?key=\(encodedKey)&partNumbers=2,10000").object
        #expect(Set((batch["presignedUrls"] as? [String: String] ?? [:]).keys) == ["2", "10000"])
        #expect(try await ask(.get, "\(path)?key=\(key)").text == "[]")
        bench.storage.putPart(Array(png[..<9]), number: 1, of: upload)
        bench.storage.putPart(Array(png[9...]), number: 2, of: upload)
        let list = try await ask(.get, "\(path)?key=\(key)").array
        #expect(list.map { $0["PartNumber"] as? Int } == [1, 2] && list[0]["Size"] as? Int == 9)
        let etags = list.compactMap { $0["ETag"] as? String }
        #expect(etags.allSatisfy { $0.hasPrefix("\"") && $0.hasSuffix("\"") })
        let parts: [[String: Any]] = [
            ["PartNumber": 2, "ETag": etags[1].replacing("\"", with: "")], ["PartNumber": 1, "ETag": etags[0], "x": 1],
        ]
        let body = String(decoding: try JSONSerialization.data(withJSONObject: ["parts": parts]), as: UTF8.self)
        let done = try await ask(.post, "\(path)/complete?key=\(encodedKey)", body).object
        #expect((done["location"] as? String)?.hasSuffix("/i/\(upload.id)") == true)
        #expect(done["key"] as? String == key && done["bucket"] as? String == "memory")
        guard case .ready(let image) = try await bench.gallery.ingest(upload.id) else {
            Issue.record("not published")
            return
        }
        #expect(image.name.description == "a b.png" && image.meta == "7x5")
    }

    @Test("an upload is aborted, twice if need be")
    func abort() async throws {
        let (path, key, _) = try await begin()
        for _ in 0..<2 { #expect(try await ask(.delete, "\(path)?key=\(key)").text == "{}") }
        #expect(bench.storage.multiparts.isEmpty)
    }

    @Test("an uploadId with escapes is found, and read once")
    func escapedToken() async throws {
        let (path, key, _) = try await begin()
        let dot = try #require(path.lastIndex(of: "."))
        let escaped = path.replacingCharacters(in: dot...dot, with: "%2E")
        #expect(try await ask(.get, "\(escaped)?key=\(key)").text == "[]")
        let twice = path.replacingCharacters(in: dot...dot, with: "%252E")
        #expect(try await bench.ask(.get, "\(twice)?key=\(key)").status == .forbidden)
        #expect(try await bench.ask(.get, "/s3/multipart/UP%2F1%2Bx%3D?key=\(key)").status == .forbidden)
    }

    @Test("keys are lent with the one place they are good for, when the store has some")
    func credentials() async throws {
        bench.storage.lend(
            TemporaryCredentials(keys: ("ID", "SECRET", "TOKEN"), expiresAt: bench.clock.now, region: "eu-west-1")
        )
        let lent = try await ask(.get, "/s3/sts").object
        #expect(
            lent["credentials"] as? [String: String] == [
                "AccessKeyId": "ID", "SecretAccessKey": "SECRET", "SessionToken": "TOKEN",
                "Expiration": "2026-11-22T19:00:00Z",
            ]
        )
        #expect(lent["bucket"] as? String == "memory" && lent["region"] as? String == "eu-west-1")
        #expect((lent["key"] as? String)?.hasPrefix("incoming/") == true)
    }
}
