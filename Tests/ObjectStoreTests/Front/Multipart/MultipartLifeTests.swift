import Crypto
import Foundation
import HTTPTypes
import SigV4
import Testing

@testable import ObjectStore

@Suite("A multipart upload from its start to its end")
struct MultipartLifeTests {
    private static let bodies = ["first part, ", "second part, ", "end"]

    /// The ETag of an object of these parts, computed here.
    static func etag(_ bodies: [String]) -> String {
        let md5s = bodies.flatMap { Array(Insecure.MD5.hash(data: Array($0.utf8))) }
        return hexadecimal(Array(Insecure.MD5.hash(data: md5s))) + "-\(bodies.count)"
    }

    @Test("parts become one object, with the metadata of the start, and the gallery hears of it")
    func life() async throws {
        let created = Recorder<ObjectKey>()
        try await S3Bench.with(minimumPartByteCount: 4, onObjectCreated: { _, key in created.append(key) }) { s3 in
            let headers: HTTPFields = [
                .contentType: "image/png", named("x-amz-meta-n"): "v", .cacheControl: "no-cache",
            ]
            let start = try await s3.call(.post, "/imgn/a?uploads=", headers)
            #expect(start.status == 200)
            #expect(start.element("Bucket") == "imgn")
            #expect(start.element("Key") == "a")
            #expect(start["x-amz-checksum-algorithm"] == nil)
            let id = try #require(start.element("UploadId"))
            var parts: [String] = []
            for (index, body) in Self.bodies.enumerated() {
                let answer = try await s3.send(index + 1, body, to: id)
                #expect(answer.status == 200)
                #expect(answer["etag"] == "\"\(hexadecimal(Array(Insecure.MD5.hash(data: Array(body.utf8)))))\"")
                parts.append(S3Bench.part(index + 1, "&quot;\(answer["etag"]?.dropFirst().dropLast() ?? "")&quot;"))
            }
            #expect(try await s3.call(.get, "/imgn/a").code == "NoSuchKey")
            #expect(created.values == [])
            let answer = try await s3.complete(id, S3Bench.document(parts))
            #expect(answer.status == 200, "\(answer.text)")
            #expect(answer.element("ETag") == "&quot;\(Self.etag(Self.bodies))&quot;")
            #expect(answer.element("Location") == "http://\(S3Bench.host)/imgn/a")
            #expect(created.values == ["a"])
            let object = try await s3.call(.get, "/imgn/a")
            #expect(object.text == Self.bodies.joined())
            #expect(object["content-type"] == "image/png")
            #expect(object["x-amz-meta-n"] == "v")
            #expect(object["cache-control"] == "no-cache")
            #expect(object["etag"] == "\"\(Self.etag(Self.bodies))\"")
        }
    }

    @Test("the same completion again is answered again; one with another list is NoSuchUpload")
    func repeated() async throws {
        try await S3Bench.with(minimumPartByteCount: 4) { s3 in
            let (id, xml) = try await s3.upload(Self.bodies)
            let first = try await s3.complete(id, xml, [.ifNoneMatch: "*"])
            let second = try await s3.complete(id, xml, [.ifNoneMatch: "*"])
            #expect(first.status == 200)
            #expect(second.status == 200)
            #expect(first.text == second.text)
            let other = try await s3.complete(id, S3Bench.document([S3Bench.part(1, "x")]))
            #expect(other.status == 404)
            #expect(other.code == "NoSuchUpload")
            #expect(other.element("UploadId") == id)
            #expect(try await s3.call(.delete, "/imgn/a?uploadId=\(id)").code == "NoSuchUpload")
        }
    }

    @Test("aborting is 204, and 404 the second time; then nothing can be done with the upload")
    func abort() async throws {
        try await S3Bench.with { s3 in
            let (id, xml) = try await s3.upload(["x"])
            #expect(try await s3.call(.delete, "/imgn/a?uploadId=\(id)").status == 204)
            let answers = [
                try await s3.call(.delete, "/imgn/a?uploadId=\(id)"), try await s3.send(1, "x", to: id),
                try await s3.complete(id, xml), try await s3.call(.get, "/imgn/a?uploadId=\(id)"),
                try await s3.call(
                    .put,
                    "/imgn/a?uploadId=\(id)&partNumber=1",
                    [named("x-amz-copy-source"): "imgn/source"]
                ),
            ]
            for answer in answers.dropLast() {
                #expect(answer.status == 404)
                #expect(answer.code == "NoSuchUpload")
                #expect(answer.element("UploadId") == id)
            }
            #expect(try await s3.stored("a") == nil)
        }
    }

    @Test("a presigned part binds its length and its SHA-256, and its signature its number and upload")
    func presigned() async throws {
        try await S3Bench.with { s3 in
            let id = try await s3.start([named("x-amz-checksum-algorithm"): "SHA256"])
            let digest = Base64.encode(Array(SHA256.hash(data: Array("part".utf8))))
            let headers: HTTPFields = [.contentLength: "4", named("x-amz-checksum-sha256"): digest]
            let request = s3.presign(.put, "/imgn/a?partNumber=1&uploadId=\(id)", headers)
            let wrong = try await s3.send(request, body: BodyPieces("tarp"))
            #expect(wrong.code == "BadDigest")
            var longer = request
            longer.headers[.contentLength] = "5"
            #expect(try await s3.send(longer, body: BodyPieces("part!")).code == "SignatureDoesNotMatch")
            var other = request
            other.target = other.target.replacing("partNumber=1", with: "partNumber=2")
            #expect(try await s3.send(other, body: BodyPieces("part")).code == "SignatureDoesNotMatch")
            var bare = request
            bare.headers[named("x-amz-checksum-sha256")] = nil
            #expect(try await s3.send(bare, body: BodyPieces("part")).status == 403)
            #expect(try await s3.call(.get, "/imgn/a?uploadId=\(id)").elements("Part").isEmpty)
            let right = try await s3.send(request, body: BodyPieces("part"))
            #expect(right.status == 200)
            #expect(right["x-amz-checksum-sha256"] == digest)
            #expect(right["etag"] == "\"\(hexadecimal(Array(Insecure.MD5.hash(data: Array("part".utf8)))))\"")
        }
    }

    @Test("a part may come in chunks with its checksum behind them")
    func chunked() async throws {
        try await S3Bench.with { s3 in
            let id = try await s3.start([named("x-amz-checksum-algorithm"): "CRC32"])
            let body = "b\r\nhello world\r\n0\r\nx-amz-checksum-crc32:\(UnsignedTrailerTests.crc32)\r\n\r\n"
            let request = SignableRequest(
                method: .put,
                host: S3Bench.host,
                target: "/imgn/a?partNumber=1&uploadId=\(id)",
                headers: [
                    .contentEncoding: "aws-chunked", named("x-amz-decoded-content-length"): "11",
                    named("x-amz-trailer"): "x-amz-checksum-crc32",
                ]
            )
            let signed = s3.signer.sign(request, payload: .streamingUnsignedTrailer, at: S3Bench.date)
            let answer = try await s3.send(signed, body: BodyPieces(Array(body.utf8), by: 5))
            #expect(answer.status == 200, "\(answer.text)")
            #expect(answer["x-amz-checksum-crc32"] == UnsignedTrailerTests.crc32)
            #expect(try await s3.call(.get, "/imgn/a?uploadId=\(id)").element("Size") == "11")
        }
    }

    @Test("only a part may come in chunks, not a completion")
    func chunkedElsewhere() async throws {
        try await S3Bench.with { s3 in
            let id = try await s3.start()
            let target = "/imgn/a?uploadId=\(id)"
            let request = SignableRequest(method: .post, host: S3Bench.host, target: target)
            let answer = try await s3.send(s3.signer.sign(request, payload: .streamingSigned, at: S3Bench.date))
            #expect(answer.code == "InvalidRequest")
        }
    }

    @Test("conditions are of the completion: a key taken meanwhile, and one that changed, are refused")
    func conditions() async throws {
        try await S3Bench.with { s3 in
            let (id, xml) = try await s3.upload(["x"])
            let missing = try await s3.complete(id, xml, [.ifMatch: "\"tag\""])
            #expect(missing.status == 404)
            #expect(missing.code == "NoSuchKey")
            try await s3.put("a", "old")
            let taken = try await s3.complete(id, xml, [.ifNoneMatch: "*"])
            #expect(taken.status == 412)
            #expect(taken.code == "PreconditionFailed")
            #expect(taken.element("Condition") == "If-None-Match")
            let changed = try await s3.complete(id, xml, [.ifMatch: "\"tag\""])
            #expect(changed.status == 412)
            #expect(changed.element("Condition") == "If-Match")
            let odd = try await s3.complete(id, xml, [.ifNoneMatch: "\"tag\""])
            #expect(odd.status == 501)
            #expect(try await s3.call(.get, "/imgn/a").text == "old")
            let etag = try #require(try await s3.stored("a")?.quotedETag)
            #expect(try await s3.complete(id, xml, [.ifMatch: etag]).status == 200)
            #expect(try await s3.call(.get, "/imgn/a").text == "x")
        }
    }

    @Test("a condition on the start or on a part is refused rather than ignored")
    func misplacedConditions() async throws {
        try await S3Bench.with { s3 in
            #expect(try await s3.call(.post, "/imgn/a?uploads", [.ifNoneMatch: "*"]).status == 501)
            let id = try await s3.start()
            #expect(try await s3.send(1, "x", to: id, [.ifNoneMatch: "*"]).status == 501)
            #expect(try await s3.call(.get, "/imgn/a?uploadId=\(id)").elements("Part").isEmpty)
        }
    }
}
