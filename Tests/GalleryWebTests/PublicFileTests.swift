import GalleryCore
import GalleryTesting
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import Testing

@testable import GalleryWeb

@Suite("Public bytes")
struct PublicFileTests {
    private let bytes = ImageBuilder.png(width: 30, height: 20)

    private func bench() async throws -> (WebBench, String) {
        let bench = WebBench()
        return (bench, "/images/\(try await bench.publish(bytes)).png")
    }

    @Test("come whole, typed by their bytes, cached for ever, and can do no harm")
    func whole() async throws {
        let (bench, path) = try await bench()
        let response = try await bench.ask(.get, path)
        #expect(response.status == .ok)
        #expect(Array(response.body.readableBytesView) == bytes)
        #expect(response.headers[.contentType] == "image/png")
        #expect(response.headers[.cacheControl] == "public, max-age=31536000, immutable")
        #expect(response.headers[.contentSecurityPolicy] == "sandbox")
        #expect(response.headers[.xContentTypeOptions] == "nosniff")
        #expect(response.headers[.acceptRanges] == "bytes")
        #expect(response.headers[.lastModified] == "Sun, 22 Nov 2026 19:00:00 GMT")
    }

    @Test("come in parts")
    func parts() async throws {
        let (bench, path) = try await bench()
        let response = try await bench.ask(.get, path, headers: [.range: "bytes=10-19"])
        #expect(response.status == .partialContent)
        #expect(Array(response.body.readableBytesView) == Array(bytes[10..<20]))
        #expect(response.headers[.contentRange] == "bytes 10-19/\(bytes.count)")
        let beyond = try await bench.ask(.get, path, headers: [.range: "bytes=\(bytes.count)-"])
        #expect(beyond.status == .rangeNotSatisfiable)
        #expect(beyond.headers[.contentRange] == "bytes */\(bytes.count)")
    }

    @Test("come whole when If-Range names another version")
    func ifRange() async throws {
        let (bench, path) = try await bench()
        let other = try await bench.ask(.get, path, headers: [.range: "bytes=0-0", .ifRange: "\"other\""])
        #expect(other.status == .ok)
        let etag = try #require(other.headers[.eTag])
        #expect(
            try await bench.ask(.get, path, headers: [.range: "bytes=0-0", .ifRange: etag]).status == .partialContent
        )
    }

    @Test("are not sent again to whoever has them")
    func notModified() async throws {
        let (bench, path) = try await bench()
        let etag = try #require(try await bench.ask(.get, path).headers[.eTag])
        let response = try await bench.ask(.get, path, headers: [.ifNoneMatch: "\"x\", \(etag)"])
        #expect(response.status == .notModified)
        #expect(response.body.readableBytes == 0)
    }

    @Test("answer HEAD with the length and no body")
    func head() async throws {
        let (bench, path) = try await bench()
        let response = try await bench.ask(.head, path)
        #expect(response.status == .ok)
        #expect(response.headers[.contentLength] == "\(bytes.count)")
        #expect(response.body.readableBytes == 0)
    }

    @Test(
        "are found under their own names only",
        arguments: [
            "x", "..%2f..%2fetc%2fpasswd", "%2e%2e/credentials", "abcdefghijkm.png", "abcdefghijkm", "abcdefghijkm.exe",
        ]
    )
    func otherNames(name: String) async throws {
        let (bench, _) = try await bench()
        #expect(try await bench.ask(.get, "/images/\(name)").status == .notFound)
    }

    @Test("are not there under another extension")
    func otherExtension() async throws {
        let (bench, path) = try await bench()
        #expect(try await bench.ask(.get, path.replacing(".png", with: ".jpg")).status == .notFound)
    }

    @Test("are there in smaller sizes too, under names of their own")
    func renditions() async throws {
        let bench = WebBench()
        let id = ImageID.random()
        let bytes = ImageBuilder.webp(width: 320, height: 200)
        try await bench.storage.publish(PublishedFile(id: id, .rendition(width: 320))) { write in
            try await write(ByteBuffer(bytes: bytes))
        }
        let response = try await bench.ask(.get, "/renditions/\(id)/320.webp")
        #expect(response.status == .ok)
        #expect(Array(response.body.readableBytesView) == bytes)
        #expect(response.headers[.contentType] == "image/webp")
        #expect(response.headers[.cacheControl] == "public, max-age=31536000, immutable")
        #expect(response.headers[.contentSecurityPolicy] == "sandbox")
        let others = [
            "/renditions/\(id)/640.webp", "/renditions/\(id)/0320.webp", "/renditions/\(id)/320.png",
            "/renditions/\(id).webp", "/images/\(id)%2F320.webp", "/images/\(id)/320.webp", "/renditions/\(id)/x",
        ]
        for path in others { #expect(try await bench.ask(.get, path).status == .notFound, "\(path)") }
    }
}
