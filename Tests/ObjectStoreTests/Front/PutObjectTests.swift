import Crypto
import HTTPTypes
import NIOCore
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

    @Test("a checksum that an SDK moved into the signed query is checked as well")
    func hoistedChecksum() async throws {
        try await S3Bench.with { s3 in
            let target = "/imgn/cat.jpg?x-amz-checksum-sha256=" + URICoding.encode(Self.sha256, keepingSlash: false)
            let length: HTTPFields = [.contentLength: String(Self.body.utf8.count)]
            let wrong = try await s3.send(
                s3.presign(.put, target, length), body: BodyPieces(String(Self.body.reversed())))
            #expect(wrong.code == "BadDigest")
            #expect(try await s3.stored("cat.jpg") == nil)
            let right = try await s3.send(s3.presign(.put, target, length), body: BodyPieces(Self.body))
            #expect(right.status == 200)
            #expect(right["x-amz-checksum-sha256"] == Self.sha256)
        }
    }

    @Test("a body that is not the signed one is XAmzContentSHA256Mismatch with both digests")
    func signedDigest() async throws {
        try await S3Bench.with { s3 in
            let request = SignableRequest(
                method: .put, host: S3Bench.host, target: "/imgn/cat.jpg", headers: [.contentLength: "3"])
            let claimed = String(repeating: "ab", count: 32)
            let answer = try await s3.send(
                s3.signer.sign(request, payload: .digest(claimed), at: S3Bench.date), body: BodyPieces("cat"))
            #expect(answer.status == 400)
            #expect(answer.code == "XAmzContentSHA256Mismatch")
            #expect(answer.element("ClientComputedContentSHA256") == claimed)
            #expect(
                answer.element("S3ComputedContentSHA256")
                    == "77af778b51abd4a3c51c5ddd97204a9c3ae614ebccb75a606c3b6865aed6744e")
            #expect(try await s3.stored("cat.jpg") == nil)
        }
    }

    @Test("a Content-MD5 is checked, and makes the ETag an MD5")
    func contentMD5() async throws {
        try await S3Bench.with { s3 in
            let wrong = try await s3.put("cat.jpg", "other", [named("content-md5"): Self.md5])
            #expect(wrong.status == 400)
            #expect(wrong.code == "BadDigest")
            #expect(wrong.element("ExpectedDigest") == Self.md5)
            let computed = Base64.encode(Array(Insecure.MD5.hash(data: Array("other".utf8))))
            #expect(wrong.element("CalculatedDigest") == computed)
            #expect(try await s3.stored("cat.jpg") == nil)

            let bad = try await s3.put("cat.jpg", Self.body, [named("content-md5"): "AAAA"])
            #expect(bad.code == "InvalidDigest")
            #expect(bad.element("Content-MD5") == "AAAA")

            let right = try await s3.put("cat.jpg", Self.body, [named("content-md5"): Self.md5])
            let etag = try #require(Base64.decode(Self.md5))
            #expect(right["etag"] == "\"\(hexadecimal(etag))\"")
        }
    }

    @Test("a Content-MD5 is checked even when a SHA-256 binds the body too")
    func contentMD5BesideChecksum() async throws {
        try await S3Bench.with { s3 in
            let headers: HTTPFields = [
                named("x-amz-checksum-sha256"): Self.sha256, named("content-md5"): Base64.encode(Array(repeating: 1, count: 16)),
            ]
            let answer = try await s3.put("cat.jpg", Self.body, headers)
            #expect(answer.code == "BadDigest")
        }
    }

    @Test(
        "every checksum algorithm is checked, kept and given back on demand",
        arguments: [
            ("x-amz-checksum-crc32", "SEDfXQ=="), ("x-amz-checksum-crc32c", "Xg7ILw=="),
            ("x-amz-checksum-sha1", "bh+OV0ZHWjEzgpiTj4lPAGZl29o="),
        ]
    )
    func checksums(name: String, wrong: String) async throws {
        try await S3Bench.with { s3 in
            let refused = try await s3.put("a", Self.body, [named(name): wrong])
            #expect(refused.code == "BadDigest")
            #expect(try await s3.stored("a") == nil)
            let algorithm = try #require(ChecksumAlgorithm(headerName: name))
            var digests = BodyDigests(computesMD5: false, checksum: algorithm)
            digests.update(ByteBuffer(string: Self.body))
            let right = try #require(digests.checksum(algorithm)?.base64)
            #expect(try await s3.put("a", Self.body, [named(name): right]).status == 200)
            #expect(try await s3.call(.get, "/imgn/a")[name] == nil)
            let shown = try await s3.call(.get, "/imgn/a", [named("x-amz-checksum-mode"): "ENABLED"])
            #expect(shown[name] == right)
        }
    }

    @Test(
        "a checksum that is none, an unknown one, or two different ones are InvalidRequest",
        arguments: [
            [("x-amz-checksum-sha256", "AAAA")], [("x-amz-checksum-md5", "AAAA")],
            [("x-amz-checksum-crc32", "AAAAAA=="), ("x-amz-checksum-crc32c", "AAAAAA==")],
            [("x-amz-sdk-checksum-algorithm", "CRC32")],
            [("x-amz-sdk-checksum-algorithm", "SHA1"), ("x-amz-checksum-crc32", "AAAAAA==")],
            [("x-amz-trailer", "x-amz-checksum-crc32")],
        ]
    )
    func invalidChecksums(settings: [(String, String)]) async throws {
        try await S3Bench.with { s3 in
            var headers = HTTPFields()
            for (name, value) in settings { headers[named: name] = value }
            let answer = try await s3.put("cat.jpg", "", headers)
            #expect(answer.status == 400)
            #expect(answer.code == "InvalidRequest")
            #expect(try await s3.stored("cat.jpg") == nil)
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

/// A header's name in a literal of a test.
func named(_ name: String) -> HTTPField.Name {
    HTTPField.Name(name) ?? .init("invalid") ?? .accept
}
