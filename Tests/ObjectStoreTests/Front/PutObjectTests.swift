import Crypto
import HTTPEdge
import HTTPTypes
import SigV4
import Testing

@testable import ObjectStore

@Suite("PutObject")
struct PutObjectTests {
    static let body = "the bytes of a picture"
    static let sha256 = Base64.encode(Array(SHA256.hash(data: Array(body.utf8))))
    static let md5 = Base64.encode(Array(Insecure.MD5.hash(data: Array(body.utf8))))

    /// The headers of one of our tickets.
    static var ticket: HTTPFields {
        var headers: HTTPFields = [
            .contentLength: String(body.utf8.count), .contentType: "image/jpeg", .ifNoneMatch: "*",
        ]
        headers[named: "x-amz-checksum-sha256"] = sha256
        return headers
    }

    @Test("a ticket's PUT is stored once; the second use is 412")
    func ticketAndReplay() async throws {
        try await S3Bench.with { s3 in
            let request = s3.presign(.put, "/imgn/incoming/abc?x-amz-meta-name=caf%25C3%25A9.jpg", Self.ticket)
            let first = try await s3.send(request, body: BodyPieces(Self.body))
            #expect(first.status == 200)
            #expect(first.byteCount == 0)
            #expect(first["x-amz-checksum-sha256"] == Self.sha256)
            #expect(first["x-amz-checksum-type"] == "FULL_OBJECT")
            let info = try #require(try await s3.stored("incoming/abc"))
            #expect(info.metadata.contentType == "image/jpeg")
            #expect(info.metadata.user == ["name": "caf%C3%A9.jpg"])
            #expect(info.byteCount == Int64(Self.body.utf8.count))
            #expect(info.etag.contains("-"))
            #expect(first["etag"] == "\"\(info.etag)\"")

            let second = try await s3.send(request, body: BodyPieces(Self.body))
            #expect(second.status == 412)
            #expect(second.code == "PreconditionFailed")
            #expect(second.element("Condition") == "If-None-Match")
        }
    }

    @Test(
        "each bound header is bound: another value is refused and nothing is stored",
        arguments: [
            ("content-length", "23"), ("content-type", "text/html"), ("if-none-match", "x"),
            ("x-amz-checksum-sha256", Base64.encode(Array(repeating: 7, count: 32))),
        ]
    )
    func boundHeaders(name: String, value: String) async throws {
        try await S3Bench.with { s3 in
            var request = s3.presign(.put, "/imgn/cat.jpg", Self.ticket)
            for changed in [value, nil] {
                request.headers[named: name] = changed
                let answer = try await s3.send(request, body: BodyPieces(Self.body))
                #expect(answer.status == 403)
                #expect(answer.code == "SignatureDoesNotMatch")
                #expect(try await s3.stored("cat.jpg") == nil)
            }
        }
    }

    @Test("another key than the signed one is refused")
    func otherKey() async throws {
        try await S3Bench.with { s3 in
            var request = s3.presign(.put, "/imgn/mine.jpg", Self.ticket)
            request.target = request.target.replacing("/imgn/mine.jpg", with: "/imgn/yours.jpg")
            let answer = try await s3.send(request, body: BodyPieces(Self.body))
            #expect(answer.code == "SignatureDoesNotMatch")
            #expect(try await s3.stored("yours.jpg") == nil)
        }
    }

    @Test("other bytes of the same length are BadDigest, and the old object stays")
    func otherBytes() async throws {
        try await S3Bench.with { s3 in
            try await s3.put("cat.jpg", "old")
            var headers = Self.ticket
            headers[.ifNoneMatch] = nil
            let request = s3.presign(.put, "/imgn/cat.jpg", headers)
            let answer = try await s3.send(request, body: BodyPieces(String(Self.body.reversed())))
            #expect(answer.status == 400)
            #expect(answer.code == "BadDigest")
            #expect(answer.message == "The SHA256 you specified did not match the calculated checksum.")
            #expect(try await s3.stored("cat.jpg")?.byteCount == 3)
        }
    }

    @Test("a plain PUT without its length is 411")
    func noLength() async throws {
        try await S3Bench.with { s3 in
            let request = s3.presign(.put, "/imgn/cat.jpg", [.transferEncoding: "chunked"])
            let answer = try await s3.send(request, body: BodyPieces("hi"))
            #expect(answer.status == 411)
            #expect(answer.code == "MissingContentLength")
        }
    }

    @Test("an object over the limit is refused before its body is read")
    func tooLarge() async throws {
        try await S3Bench.with(maximumObjectBytes: 10) { s3 in
            #expect(try await s3.put("ten", "0123456789").status == 200)
            let request = s3.presign(.put, "/imgn/eleven", [.contentLength: "11"])
            let answer = try await s3.send(request, body: BodyPieces([.failure(UnexpectedReadError())]))
            #expect(answer.status == 400)
            #expect(answer.code == "EntityTooLarge")
            #expect(answer.element("ProposedSize") == "11")
            #expect(answer.element("MaxSizeAllowed") == "10")
        }
    }

    @Test("a body that is cut, too short or fails is IncompleteBody, and nothing is stored", arguments: [0, 1, 2])
    func cutBody(kind: Int) async throws {
        try await S3Bench.with { s3 in
            let bodies: [[BodyPieces.Piece]] = [
                [.bytes([1, 2])], [.bytes([1, 2]), .failure(UnexpectedReadError())], [.bytes([1, 2, 3, 4, 5])],
            ]
            let request = s3.presign(.put, "/imgn/cat.jpg", [.contentLength: "4"])
            let answer = try await s3.send(request, body: BodyPieces(bodies[kind]))
            #expect(answer.status == 400)
            #expect(answer.code == "IncompleteBody")
            #expect(try await s3.stored("cat.jpg") == nil)
        }
    }

    @Test("a body that comes too slowly is RequestTimeout, and nothing is stored")
    func slowBody() async throws {
        try await S3Bench.with { s3 in
            let request = s3.presign(.put, "/imgn/cat.jpg", [.contentLength: "4"])
            let answer = try await s3.send(request, body: BodyPieces([.bytes([1]), .failure(SlowBodyError())]))
            #expect(answer.status == 400)
            #expect(answer.code == "RequestTimeout")
            #expect(try await s3.stored("cat.jpg") == nil)
        }
    }

    @Test("a full disk is 507 with the way out")
    func fullDisk() async throws {
        try await S3Bench.with(keepFreeBytes: .max / 2) { s3 in
            let answer = try await s3.put("cat.jpg", "hi")
            #expect(answer.status == 507)
            #expect(answer.code == "InsufficientStorage")
            #expect(answer.message?.contains("make room") == true)
        }
    }

    struct UnexpectedReadError: Error {}
}
