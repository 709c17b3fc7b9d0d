import Crypto
import HTTPTypes
import NIOCore
import SigV4
import Testing

@testable import ObjectStore

@Suite("Digests of a PutObject")
struct PutObjectDigestTests {
    @Test("a checksum that an SDK moved into the signed query is checked as well")
    func hoistedChecksum() async throws {
        try await S3Bench.with { s3 in
            let target =
                "/imgn/cat.jpg?x-amz-checksum-sha256=" + URICoding.encode(PutObjectTests.sha256, keepingSlash: false)
            let length: HTTPFields = [.contentLength: String(PutObjectTests.body.utf8.count)]
            let wrong = try await s3.send(
                s3.presign(.put, target, length),
                body: BodyPieces(String(PutObjectTests.body.reversed()))
            )
            #expect(wrong.code == "BadDigest")
            #expect(try await s3.stored("cat.jpg") == nil)
            let right = try await s3.send(s3.presign(.put, target, length), body: BodyPieces(PutObjectTests.body))
            #expect(right.status == 200)
            #expect(right["x-amz-checksum-sha256"] == PutObjectTests.sha256)
        }
    }

    @Test("a body that is not the signed one is XAmzContentSHA256Mismatch with both digests")
    func signedDigest() async throws {
        try await S3Bench.with { s3 in
            let request = SignableRequest(
                method: .put,
                host: S3Bench.host,
                target: "/imgn/cat.jpg",
                headers: [.contentLength: "3"]
            )
            let claimed = String(repeating: "ab", count: 32)
            let answer = try await s3.send(
                s3.signer.sign(request, payload: .digest(claimed), at: S3Bench.date),
                body: BodyPieces("cat")
            )
            #expect(answer.status == 400)
            #expect(answer.code == "XAmzContentSHA256Mismatch")
            #expect(answer.element("ClientComputedContentSHA256") == claimed)
            #expect(
                answer.element("S3ComputedContentSHA256")
                    == "77af778b51abd4a3c51c5ddd97204a9c3ae614ebccb75a606c3b6865aed6744e"
            )
            #expect(try await s3.stored("cat.jpg") == nil)
        }
    }

    @Test("a Content-MD5 is checked, and makes the ETag an MD5")
    func contentMD5() async throws {
        try await S3Bench.with { s3 in
            let wrong = try await s3.put("cat.jpg", "other", [named("content-md5"): PutObjectTests.md5])
            #expect(wrong.status == 400)
            #expect(wrong.code == "BadDigest")
            #expect(wrong.element("ExpectedDigest") == PutObjectTests.md5)
            let computed = Base64.encode(Array(Insecure.MD5.hash(data: Array("other".utf8))))
            #expect(wrong.element("CalculatedDigest") == computed)
            #expect(try await s3.stored("cat.jpg") == nil)

            let bad = try await s3.put("cat.jpg", PutObjectTests.body, [named("content-md5"): "AAAA"])
            #expect(bad.code == "InvalidDigest")
            #expect(bad.element("Content-MD5") == "AAAA")

            let right = try await s3.put("cat.jpg", PutObjectTests.body, [named("content-md5"): PutObjectTests.md5])
            let etag = try #require(Base64.decode(PutObjectTests.md5))
            #expect(right["etag"] == "\"\(hexadecimal(etag))\"")
        }
    }

    @Test("a Content-MD5 is checked even when a SHA-256 binds the body too")
    func contentMD5BesideChecksum() async throws {
        try await S3Bench.with { s3 in
            var headers: HTTPFields = [named("x-amz-checksum-sha256"): PutObjectTests.sha256]
            headers[named: "content-md5"] = Base64.encode(Array(repeating: 1, count: 16))
            let wrong = try await s3.put("cat.jpg", PutObjectTests.body, headers)
            #expect(wrong.code == "BadDigest")
            headers[named: "content-md5"] = PutObjectTests.md5
            let right = try await s3.put("cat.jpg", PutObjectTests.body, headers)
            #expect(right.status == 200)
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
            let refused = try await s3.put("a", PutObjectTests.body, [named(name): wrong])
            #expect(refused.code == "BadDigest")
            #expect(try await s3.stored("a") == nil)
            let algorithm = try #require(ChecksumAlgorithm(headerName: name))
            var digests = BodyDigests(computesMD5: false, checksum: algorithm)
            digests.update(ByteBuffer(string: PutObjectTests.body))
            let right = try #require(digests.checksum(algorithm)?.base64)
            #expect(try await s3.put("a", PutObjectTests.body, [named(name): right]).status == 200)
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
}
