import Foundation
import HTTPTypes
import SigV4
import Testing

@testable import ObjectStore

/// The error table of S3 as far as it is about multipart uploads (s3.md §3), each with status, code and elements.
@Suite("Refusals of multipart requests")
struct MultipartRefusalTests {
    private static let unknown = String(repeating: "0", count: 44)

    @Test("an upload that is not there is NoSuchUpload with its id", arguments: [unknown, "x", "", "%2e%2e", "a%2Fb"])
    func noSuchUpload(id: String) async throws {
        try await S3Bench.with { s3 in
            _ = try await s3.start()
            let answers = [
                try await s3.send(1, "x", to: id), try await s3.call(.get, "/imgn/a?uploadId=\(id)"),
                try await s3.complete(id, S3Bench.document([S3Bench.part(1, "x")])),
                try await s3.call(.delete, "/imgn/a?uploadId=\(id)"),
            ]
            for answer in answers {
                #expect(answer.status == 404)
                #expect(answer.code == "NoSuchUpload")
                #expect(answer.element("UploadId") == id.removingPercentEncoding)
            }
        }
    }

    @Test("an id is worth nothing for another key")
    func otherKey() async throws {
        try await S3Bench.with { s3 in
            let (id, xml) = try await s3.upload(["x"])
            #expect(try await s3.call(.post, "/imgn/b?uploadId=\(id)", body: xml).code == "NoSuchUpload")
            #expect(try await s3.call(.put, "/imgn/b?uploadId=\(id)&partNumber=1", body: "y").code == "NoSuchUpload")
            #expect(try await s3.call(.delete, "/imgn/b?uploadId=\(id)").code == "NoSuchUpload")
            #expect(try await s3.complete(id, xml).status == 200)
        }
    }

    @Test(
        "a part number is 1 to 10,000, in digits",
        arguments: ["0", "10001", "-1", "", "one", "1.0", "%2B1", "99999999999999999999", "1%20"]
    )
    func partNumber(number: String) async throws {
        try await S3Bench.with { s3 in
            let id = try await s3.start()
            let answer = try await s3.call(.put, "/imgn/a?partNumber=\(number)&uploadId=\(id)", body: "x")
            #expect(answer.status == 400)
            #expect(answer.code == "InvalidArgument")
            #expect(answer.element("ArgumentName") == "partNumber")
            #expect(answer.element("ArgumentValue") == number.removingPercentEncoding)
            #expect(answer.message == "Part number must be an integer between 1 and 10000, inclusive")
            #expect(try await s3.stored("a") == nil)
        }
    }

    @Test("half of what a part needs never becomes an object")
    func halfAPart() async throws {
        try await S3Bench.with { s3 in
            let id = try await s3.start()
            let noNumber = try await s3.call(.put, "/imgn/a?uploadId=\(id)", body: "x")
            #expect(noNumber.code == "InvalidArgument")
            let noUpload = try await s3.call(.put, "/imgn/a?partNumber=1", body: "x")
            #expect(noUpload.code == "InvalidArgument")
            #expect(noUpload.element("ArgumentName") == "uploadId")
            #expect(try await s3.call(.head, "/imgn/a?uploadId=\(id)").status == 501)
            #expect(try await s3.stored("a") == nil)
        }
    }

    @Test("parts out of order, twice, missing or of another tag are refused, and nothing is stored")
    func lists() async throws {
        try await S3Bench.with(minimumPartByteCount: 1) { s3 in
            let id = try await s3.start()
            let one = try #require(try await s3.send(1, "1", to: id)["etag"])
            let two = try #require(try await s3.send(2, "2", to: id)["etag"])
            let (first, second) = (S3Bench.part(1, one), S3Bench.part(2, two))
            for parts in [[second, first], [first, first]] {
                let answer = try await s3.complete(id, S3Bench.document(parts))
                #expect(answer.status == 400)
                #expect(answer.code == "InvalidPartOrder")
            }
            for (parts, number, etag) in [
                ([first, S3Bench.part(3, two)], "3", two), ([first, S3Bench.part(2, one)], "2", one),
                ([S3Bench.part(1, "\"x\"")], "1", "\"x\""),
            ] {
                let answer = try await s3.complete(id, S3Bench.document(parts))
                #expect(answer.status == 400)
                #expect(answer.code == "InvalidPart")
                #expect(answer.element("UploadId") == id)
                #expect(answer.element("PartNumber") == number)
                #expect(answer.element("ETag") == String(etag.dropFirst().dropLast()))
            }
            #expect(try await s3.stored("a") == nil)
            #expect(try await s3.complete(id, S3Bench.document([first, second])).status == 200)
        }
    }

    @Test("a part before the last under 5 MiB is EntityTooSmall, and says which and by how much")
    func tooSmall() async throws {
        try await S3Bench.with { s3 in
            let (id, xml) = try await s3.upload(["small", "last"])
            let answer = try await s3.complete(id, xml)
            #expect(answer.status == 400)
            #expect(answer.code == "EntityTooSmall")
            #expect(answer.element("ProposedSize") == "5")
            #expect(answer.element("MinSizeAllowed") == "5242880")
            #expect(answer.element("PartNumber") == "1")
            #expect(answer.element("ETag") == "eb5c1399a871211c7e7ed732d15e3a8b")
            #expect(try await s3.stored("a") == nil)
        }
    }

    @Test("a part over the limit is EntityTooLarge before a byte of it is read")
    func tooLarge() async throws {
        try await S3Bench.with(maximumObjectBytes: 3) { s3 in
            let id = try await s3.start()
            let answer = try await s3.send(1, "four", to: id)
            #expect(answer.status == 400)
            #expect(answer.code == "EntityTooLarge")
            #expect(answer.element("ProposedSize") == "4")
            #expect(answer.element("MaxSizeAllowed") == "3")
        }
    }

    @Test(
        "a document that is no list of parts is MalformedXML",
        arguments: [
            "", "<x/>", S3Bench.document([]), "<CompleteMultipartUpload/>",
            S3Bench.document(["<Part><PartNumber>1</PartNumber></Part>"]),
            S3Bench.document(["<Part><ETag>x</ETag></Part>"]), S3Bench.document(["<Piece/>"]),
            S3Bench.document([S3Bench.part(1, "x", "<Size>1</Size>")]),
            S3Bench.document([S3Bench.part(1, "x")]) + "<x/>",
            String(S3Bench.document([S3Bench.part(1, "x")]).dropLast()),
            "<!DOCTYPE d [<!ENTITY e \"1\">]>" + S3Bench.document([S3Bench.part(1, "&e;")]),
            S3Bench.document((1...10_001).map { S3Bench.part($0, "x") }),
            S3Bench.document([S3Bench.part(1, "x")]) + String(repeating: " ", count: 6 << 20),
        ]
    )
    func malformed(xml: String) async throws {
        try await S3Bench.with { s3 in
            let (id, right) = try await s3.upload(["x"])
            let answer = try await s3.complete(id, xml)
            #expect(answer.status == 400)
            #expect(answer.code == "MalformedXML")
            #expect(try await s3.complete(id, right).status == 200)
        }
    }

    @Test("a number in the document is 1 to 10,000", arguments: ["0", "10001", "x", ""])
    func listedNumber(number: String) async throws {
        try await S3Bench.with { s3 in
            let (id, _) = try await s3.upload(["x"])
            let part = "<Part><PartNumber>\(number)</PartNumber><ETag>x</ETag></Part>"
            let answer = try await s3.complete(id, S3Bench.document([part]))
            #expect(answer.status == 400)
            #expect(answer.code == "InvalidArgument")
            #expect(answer.element("ArgumentValue") == number)
        }
    }

    @Test("a part whose body is not the claimed one is refused, and the upload goes on")
    func digests() async throws {
        try await S3Bench.with { s3 in
            let id = try await s3.start([named("x-amz-checksum-algorithm"): "CRC32"])
            let md5 = try await s3.send(1, "x", to: id, [named("content-md5"): "AAAAAAAAAAAAAAAAAAAAAA=="])
            #expect(md5.code == "BadDigest")
            #expect(md5.element("ExpectedDigest") == "AAAAAAAAAAAAAAAAAAAAAA==")
            #expect(md5.element("CalculatedDigest") != nil)
            let noMD5 = try await s3.send(1, "x", to: id, [named("content-md5"): "x"])
            #expect(noMD5.code == "InvalidDigest")
            let crc = try await s3.send(1, "x", to: id, [named("x-amz-checksum-crc32"): "AAAAAA=="])
            #expect(crc.code == "BadDigest")
            let short = try await s3.send(1, "x", to: id, [.contentLength: "2"])
            #expect(short.code == "IncompleteBody")
            var claimed = SignableRequest(
                method: .put,
                host: S3Bench.host,
                target: "/imgn/a?partNumber=1&uploadId=\(id)",
                headers: [.contentLength: "1"]
            )
            claimed = s3.signer.sign(claimed, payload: .digest(String(repeating: "ab", count: 32)), at: S3Bench.date)
            #expect(try await s3.send(claimed, body: BodyPieces("x")).code == "XAmzContentSHA256Mismatch")
            #expect(try await s3.call(.get, "/imgn/a?uploadId=\(id)").elements("Part").isEmpty)
            #expect(try await s3.send(1, "x", to: id).status == 200)
        }
    }

    @Test("settings that a PutObject refuses are refused at the start, too")
    func settings() async throws {
        try await S3Bench.with { s3 in
            for (name, value, status) in [
                ("x-amz-acl", "public-read", 400), ("x-amz-server-side-encryption", "AES256", 501),
                ("x-amz-storage-class", "GLACIER", 400), ("x-amz-meta-n", String(repeating: "x", count: 3000), 400),
            ] {
                let answer = try await s3.call(.post, "/imgn/a?uploads", [named(name): value])
                #expect(answer.status == status)
            }
            #expect(try await s3.call(.get, "/imgn?uploads").elements("Upload").isEmpty)
        }
    }
}
