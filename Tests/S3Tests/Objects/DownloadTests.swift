import AWSTransport
import Crypto
import Foundation
import HTTPTypes
import NIOCore
import S3
import Testing

@Suite("A download")
struct DownloadTests {
    private static func sha256(_ text: String) -> String {
        Data(SHA256.hash(data: Data(text.utf8))).base64EncodedString()
    }

    private static func headers(_ fields: [String: String]) -> HTTPFields {
        var headers = HTTPFields()
        for (name, value) in fields { HTTPField.Name(name).map { headers[$0] = value } }
        return headers
    }

    private func read(
        _ range: Range<Int64>? = nil,
        status: HTTPResponse.Status = .ok,
        headers fields: [String: String],
        _ body: String
    ) async throws -> (head: ObjectHead, bytes: ByteBuffer)? {
        let store = ScriptedExchange([.whole(status, Self.headers(fields), body)])
        return try await S3Client(store).readObject(Bench.location(), ObjectRead(range), upTo: 100)
    }

    @Test("brings bytes, size, tag, type and metadata")
    func whole() async throws {
        let fields = [
            "content-length": "5", "etag": "W/\"abc\"", "content-type": "image/png", "x-amz-meta-name": "n%20",
            "last-modified": "Thu, 02 Jan 2025 03:04:05 GMT", "x-amz-checksum-sha256": Self.sha256("hello"),
        ]
        let object = try #require(try await read(headers: fields, "hello"))
        #expect(String(buffer: object.bytes) == "hello")
        #expect(object.head.byteCount == 5)
        #expect(object.head.etag?.quoted == "\"abc\"")
        #expect(object.head.lastModified == Bench.now)
        #expect(object.head.settings.contentType == "image/png")
        #expect(object.head.settings.metadata == [try #require(HTTPField.Name("name")): "n%20"])
        #expect(object.head.checksum?.whole == Array(SHA256.hash(data: Data("hello".utf8))))
    }

    @Test("of other bytes than the store vouches for is refused")
    func wrongDigest() async throws {
        await #expect(throws: AWSError.self) {
            _ = try await read(
                headers: ["content-length": "5", "x-amz-checksum-sha256": Self.sha256("hello")],
                "hallo"
            )
        }
    }

    @Test("of a part is not held against the digest of the whole")
    func partDigest() async throws {
        let fields = ["content-range": "bytes 1-3/5", "x-amz-checksum-sha256": Self.sha256("hello")]
        let object = try #require(try await read(1..<4, status: .partialContent, headers: fields, "ell"))
        #expect(String(buffer: object.bytes) == "ell")
        #expect(object.head.byteCount == 5)
    }

    @Test("of a composite checksum is taken as it is")
    func composite() async throws {
        let fields = ["content-length": "5", "x-amz-checksum-sha256": Self.sha256("other") + "-2"]
        let object = try #require(try await read(headers: fields, "hello"))
        #expect(object.head.checksum == .composite(Array(SHA256.hash(data: Data("other".utf8))), partCount: 2))
    }

    @Test("that is shorter or longer than announced is refused", arguments: ["4", "6"])
    func wrongLength(length: String) async throws {
        await #expect(
            performing: { _ = try await read(headers: ["content-length": length], "hello") },
            throws: {
                ($0 as? AWSError)?.kind == .badAnswer
            }
        )
    }

    @Test(
        "of a range is refused when another one comes",
        arguments: [
            "bytes 0-2/5", "bytes 1-4/5", "bytes 1-2/5", "bytes 3-1/5", "bytes 1-3/3", "bytes */5", "bytes 1-3", "",
            "1-3/5",
            "bytes -1-3/5", "bytes 1-3/99999999999999999999", "bytes 9223372036854775807-9223372036854775807/1",
        ]
    )
    func wrongRange(contentRange: String) async throws {
        await #expect(
            performing: {
                _ = try await read(1..<4, status: .partialContent, headers: ["content-range": contentRange], "ell")
            },
            throws: { ($0 as? AWSError)?.kind == .badAnswer }
        )
    }

    @Test("of a range is refused when the store ignores the range")
    func ignoredRange() async throws {
        await #expect(
            performing: { _ = try await read(1..<4, headers: ["content-length": "5"], "hello") },
            throws: {
                ($0 as? AWSError)?.kind == .badAnswer
            }
        )
        let all = try await read(0..<64, headers: ["content-length": "5"], "hello")
        #expect(all?.bytes.readableBytes == 5, "the object is no longer than the range")
    }

    @Test("of a range that reaches over the end brings what there is")
    func cutRange() async throws {
        let object = try await read(2..<90, status: .partialContent, headers: ["content-range": "bytes 2-4/5"], "llo")
        #expect(object.map { String(buffer: $0.bytes) } == "llo")
    }

    @Test("asks for the range, the tag, and the digest")
    func request() async throws {
        let store = ScriptedExchange([.whole(.partialContent, Self.headers(["content-range": "bytes 1-3/5"]), "ell")])
        let etag = try #require(ETag("\"abc\""))
        _ = try await S3Client(store).readObject(Bench.location(), ObjectRead(1..<4, ifMatch: etag), upTo: 9)
        let headers = try #require(store.requests.first).headers
        #expect(headers[.range] == "bytes=1-3")
        #expect(headers[.ifMatch] == "\"abc\"")
        #expect(headers[try #require(HTTPField.Name("x-amz-checksum-mode"))] == "ENABLED")
    }

    @Test("of nothing that can be asked for is refused before a request is made", arguments: [0..<0, -1..<3])
    func impossible(range: Range<Int64>) async throws {
        let store = ScriptedExchange([])
        await #expect(
            performing: {
                _ = try await S3Client(store).readObject(Bench.location(), ObjectRead(range), upTo: 9)
            },
            throws: { ($0 as? AWSError)?.kind == .badRequest }
        )
        #expect(store.requests.isEmpty)
    }

    @Test("of more than the caller takes is refused")
    func tooMuch() async throws {
        let body = String(repeating: "a", count: 101)
        await #expect(
            performing: { _ = try await read(headers: ["content-length": "101"], body) },
            throws: {
                ($0 as? AWSError)?.kind == .badAnswer
            }
        )
    }

    @Test("of a missing object is nothing; of a missing bucket an error")
    func missing() async throws {
        let noKey = "<Error><Code>NoSuchKey</Code><Message>m</Message></Error>"
        let noBucket = "<Error><Code>NoSuchBucket</Code><Message>m</Message></Error>"
        let store = ScriptedExchange([
            .whole(.notFound, [:], noKey), .whole(.notFound, [:], noBucket), .whole(.notFound),
        ])
        let client = try S3Client(store)
        #expect(try await client.readObject(Bench.location(), upTo: 9)?.head == nil)
        await #expect(
            performing: { _ = try await client.readObject(Bench.location(), upTo: 9) },
            throws: {
                ($0 as? AWSError)?.isNoSuchBucket == true
            }
        )
        #expect(try await client.headObject(Bench.location()) == nil)
    }

    @Test("as a stream hands over every piece, and finds out at the end that bytes are missing")
    func stream() async throws {
        let store = ScriptedExchange([.whole(.ok, Self.headers(["content-length": "6"]), "hello")])
        await #expect(
            performing: {
                _ = try await S3Client(store).getObject(Bench.location()) { object in
                    #expect(object.range == 0..<6)
                    try await object.forEach { #expect(String(buffer: $0) == "hello") }
                }
            },
            throws: { ($0 as? AWSError)?.kind == .badAnswer }
        )
    }
}
