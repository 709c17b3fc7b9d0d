import Foundation
import GalleryCore
import GalleryTesting
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Testing

@testable import GalleryWeb

@Suite("/s3: refusals and other origins")
struct CompanionRefusalTests {
    private static let blog = "https://blog.example"

    private let bench = WebBench(
        limits: GalleryLimits(uploadBytes: 1000),
        configuration: GalleryWebConfiguration(allowedOrigins: [Self.blog, "https://two.example"])
    )

    /// Expects a refusal in the protocol's form and gives its code.
    private func refusal(
        _ method: HTTPRequest.Method,
        _ uri: String,
        _ body: [UInt8]? = nil,
        status: HTTPResponse.Status
    ) async throws -> String? {
        let response = try await bench.ask(method, uri, body: body)
        #expect(response.status == status, "\(method) \(uri): \(response.text)")
        #expect(response.headers[.contentType] == "application/json")
        let object = try response.object
        let words = try #require(object["message"] as? String)
        #expect(object["error"] as? String == words && !words.isEmpty)
        return object["code"] as? String
    }

    private func begin() async throws -> (path: String, query: String, upload: LargeUpload) {
        let begun = try await bench.ask(.post, "/s3/multipart", body: Array("{\"filename\":\"x.png\"}".utf8)).object
        let token = try #require(begun["uploadId"] as? String)
        let key = try #require(begun["key"] as? String)
        return ("/s3/multipart/\(token)", "?key=\(key)", try #require(bench.storage.multiparts.first))
    }

    @Test("a request without a file's name begins nothing", arguments: ["", "?filename=", "?type=image/png"])
    func noName(query: String) async throws {
        #expect(try await refusal(.get, "/s3/params\(query)", status: .badRequest) == "bad-request")
    }

    @Test(
        "a body that does not name a file begins nothing",
        arguments: ["", "{}", "[]", "{\"filename\":\"\"}", "{\"filename\":7}", "{\"filename\":\"x\",\"type\":7}"]
    )
    func noNameInBody(body: String) async throws {
        #expect(try await refusal(.post, "/s3/multipart", Array(body.utf8), status: .badRequest) == "bad-request")
        #expect(bench.storage.multiparts.isEmpty)
    }

    @Test("size and digest must make sense when both are said")
    func badPut() async throws {
        let digest = "&sha256=" + sha256Base64([1]).replacing("+", with: "%2B")
        #expect(try await refusal(.get, "/s3/params?filename=x&size=0\(digest)", status: .badRequest) == "bad-request")
        #expect(try await refusal(.get, "/s3/params?filename=x&size=2&sha256=x", status: .badRequest) == "bad-request")
        let large = try await refusal(.get, "/s3/params?filename=x&size=1001\(digest)", status: .contentTooLarge)
        #expect(large == "too-large")
    }

    @Test("bodies have a limit, and one byte more is refused")
    func largeBodies() async throws {
        func padded(_ json: String, to count: Int) -> [UInt8] {
            Array(json.utf8) + [UInt8](repeating: 32, count: count - json.utf8.count)
        }
        let name = "{\"filename\":\"x\"}"
        #expect(try await bench.ask(.post, "/s3/multipart", body: padded(name, to: 100 << 10)).status == .ok)
        let more = padded(name, to: (100 << 10) + 1)
        #expect(try await refusal(.post, "/s3/multipart", more, status: .contentTooLarge) == "too-large")
        let (path, query, _) = try await begin()
        let parts = "{\"parts\":[]}"
        let uri = "\(path)/complete\(query)"
        #expect(try await refusal(.post, uri, padded(parts, to: 1 << 20), status: .badRequest) == "bad-request")
        let over = padded(parts, to: (1 << 20) + 1)
        #expect(try await refusal(.post, uri, over, status: .contentTooLarge) == "too-large")
    }

    @Test("each step needs the key, and the key that belongs to the uploadId")
    func keys() async throws {
        let (path, query, _) = try await begin()
        let complete = Array("{\"parts\":[]}".utf8)
        let steps: [(HTTPRequest.Method, String, [UInt8]?)] = [
            (.get, "", nil), (.delete, "", nil), (.get, "/1", nil), (.get, "/batch", nil),
            (.post, "/complete", complete),
        ]
        for (method, step, body) in steps {
            let tail = step == "/batch" ? "&partNumbers=1" : ""
            #expect(try await refusal(method, "\(path)\(step)?\(tail)", body, status: .badRequest) == "bad-request")
            let other = "?key=incoming%2F\(ImageID.random())\(tail)"
            #expect(try await refusal(method, "\(path)\(step)\(other)", body, status: .forbidden) == "invalid-token")
            let forged = "\(path)x\(step)\(query)\(tail)"
            #expect(try await refusal(method, forged, body, status: .forbidden) == "invalid-token")
        }
        #expect(bench.storage.multiparts.count == 1)
        bench.clock.advance(bySeconds: 86_400)
        #expect(try await refusal(.get, "\(path)\(query)", status: .forbidden) == "expired")
    }

    @Test("numbers that no part has are refused", arguments: ["0", "-1", "10001", "x", "1.5", "99999999999999999999"])
    func numbers(number: String) async throws {
        let (path, query, _) = try await begin()
        #expect(try await refusal(.get, "\(path)/\(number)\(query)", status: .badRequest) == "bad-request")
        for list in [number, "1,\(number)", "", "1,", ",1"] {
            let uri = "\(path)/batch\(query)&partNumbers=\(list)"
            #expect(try await refusal(.get, uri, status: .badRequest) == "bad-request")
        }
        #expect(try await refusal(.get, "\(path)/batch\(query)", status: .badRequest) == "bad-request")
    }

    @Test("a batch signs a thousand parts, and no more: a few bytes would ask for megabytes of signatures")
    func batches() async throws {
        let (path, query, _) = try await begin()
        func uri(_ count: Int) -> String {
            "\(path)/batch\(query)&partNumbers=" + (1...count).map(String.init).joined(separator: ",")
        }
        let answer = try await bench.ask(.get, uri(1000))
        #expect(answer.status == .ok)
        #expect(try await refusal(.get, uri(1001), status: .badRequest) == "bad-request")
    }

    @Test("a list that is not the store's joins nothing; over the limit the upload is dropped")
    func lists() async throws {
        let (path, query, upload) = try await begin()
        bench.storage.putPart([1], number: 1, of: upload)
        let uri = "\(path)/complete\(query)"
        for list in ["[]", "[{\"PartNumber\":1,\"ETag\":\"x\"}]", "[{\"PartNumber\":1}]", "7"] {
            let body = Array("{\"parts\":\(list)}".utf8)
            #expect(try await refusal(.post, uri, body, status: .badRequest) == "bad-request")
        }
        bench.storage.putPart([UInt8](repeating: 1, count: 1001), number: 1, of: upload)
        let body = Array("{\"parts\":[]}".utf8)
        #expect(try await refusal(.post, uri, body, status: .contentTooLarge) == "too-large")
        #expect(try await refusal(.post, uri, body, status: .notFound) == "upload-gone")
        #expect(try await refusal(.get, "\(path)\(query)", status: .notFound) == "upload-gone")
    }

    @Test("without STS, unknown paths and other methods are refused in the same form")
    func others() async throws {
        #expect(try await refusal(.get, "/s3/sts", status: .badRequest) == "no-sts")
        #expect(try await refusal(.get, "/s3/nothing", status: .notFound) == "not-found")
        #expect(try await refusal(.post, "/s3/params?filename=x", status: .methodNotAllowed) == "method-not-allowed")
        #expect(try await refusal(.get, "/s3/multipart", status: .methodNotAllowed) == "method-not-allowed")
        #expect(try await refusal(.put, "/s3/multipart/x", status: .methodNotAllowed) == "method-not-allowed")
        #expect(try await refusal(.get, "/s3/multipart/x/complete", status: .methodNotAllowed) == "method-not-allowed")
        #expect(try await bench.ask(.get, "/s3x").headers[.contentType] == "application/problem+json")
    }

    private func preflight(_ origin: String, _ uri: String = "/s3/multipart") async throws -> TestResponse {
        let headers: HTTPFields = [.origin: origin, .accessControlRequestMethod: "POST"]
        return try await bench.ask(.options, uri, headers: headers)
    }

    @Test("a page of a named origin may ask, and is told so before", arguments: ["/s3/multipart", "/s3/multipart/x"])
    func preflights(uri: String) async throws {
        let response = try await preflight(Self.blog, uri)
        #expect(response.status == .noContent)
        #expect(response.headers[.accessControlAllowOrigin] == Self.blog)
        #expect(response.headers[.accessControlAllowMethods] == "GET, POST, DELETE")
        #expect(response.headers[.accessControlAllowHeaders] == "content-type, authorization, uppy-auth-token")
        #expect(response.headers[.vary] == "Origin")
    }

    @Test("answers and refusals say which origin may read them")
    func answers() async throws {
        for uri in ["/s3/params?filename=x", "/s3/params", "/s3/nothing", "/s3/sts"] {
            let response = try await bench.ask(.get, uri, headers: [.origin: Self.blog])
            #expect(response.headers[.accessControlAllowOrigin] == Self.blog && response.headers[.vary] == "Origin")
            #expect(try await bench.ask(.get, uri).headers[.accessControlAllowOrigin] == nil)
        }
    }

    @Test(
        "other origins, and other routes, are told nothing",
        arguments: ["https://evil.example", "http://blog.example", "https://blog.example.evil", "null", "*"]
    )
    func otherOrigins(origin: String) async throws {
        let refused = try await preflight(origin)
        #expect(refused.status == .notFound && refused.headers[.accessControlAllowOrigin] == nil)
        let answer = try await bench.ask(.get, "/s3/params?filename=x", headers: [.origin: origin])
        #expect(answer.headers[.accessControlAllowOrigin] == nil && answer.headers[.vary] == "Origin")
        let elsewhere = try await bench.ask(.get, "/api/images", headers: [.origin: Self.blog])
        #expect(elsewhere.headers[.accessControlAllowOrigin] == nil)
    }

    @Test("nobody else is named unless somebody set it")
    func noOrigins() async throws {
        let closed = WebBench()
        let headers: HTTPFields = [.origin: Self.blog, .accessControlRequestMethod: "POST"]
        let response = try await closed.ask(.options, "/s3/multipart", headers: headers)
        #expect(response.headers[.accessControlAllowOrigin] == nil && response.status == .notFound)
    }
}
