import HTTPTypes
import NIOCore
import SigV4
import Testing

@testable import ObjectStore

@Suite("Headers of a PutObject")
struct PutObjectHeaderTests {
    @Test("metadata comes back as it was given; aws-chunked is no content encoding")
    func metadata() async throws {
        try await S3Bench.with { s3 in
            let headers: HTTPFields = [
                .contentType: "image/png", .cacheControl: "no-store", .contentDisposition: "inline; filename=\"a.png\"",
                .contentEncoding: "gzip,aws-chunked", .contentLanguage: "de", .expires: "Fri, 24 May 2013 00:00:00 GMT",
                named("x-amz-meta-camera"): "Löwe 3", named("x-amz-storage-class"): "STANDARD",
            ]
            try await s3.put("a.png", "x", headers)
            let answer = try await s3.call(.get, "/imgn/a.png")
            for field in headers where field.name != .contentEncoding && field.name != named("x-amz-storage-class") {
                #expect(answer.headers[field.name] == field.value)
            }
            #expect(answer["content-encoding"] == "gzip")
        }
    }

    @Test("an object without a type is a binary/octet-stream")
    func defaultType() async throws {
        try await S3Bench.with { s3 in
            try await s3.put("a", "x")
            #expect(try await s3.call(.get, "/imgn/a")["content-type"] == "binary/octet-stream")
        }
    }

    @Test("metadata may have 2 KiB, and no byte more")
    func metadataLimit() async throws {
        try await S3Bench.with { s3 in
            let fits = String(repeating: "v", count: 2047)
            #expect(try await s3.put("a", "x", [named("x-amz-meta-n"): fits]).status == 200)
            let answer = try await s3.put("b", "x", [named("x-amz-meta-n"): fits + "v"])
            #expect(answer.status == 400)
            #expect(answer.code == "MetadataTooLarge")
            #expect(try await s3.stored("b") == nil)
        }
    }

    @Test("metadata in the query that could not be a header is refused", arguments: ["a%0D%0Ab", "a%00b"])
    func injectedMetadata(value: String) async throws {
        try await S3Bench.with { s3 in
            let request = s3.presign(.put, "/imgn/a?x-amz-meta-name=\(value)", [.contentLength: "1"])
            let answer = try await s3.send(request, body: BodyPieces("x"))
            #expect(answer.code == "InvalidArgument")
            #expect(try await s3.stored("a") == nil)
        }
    }

    @Test(
        "ACLs that give something away are refused",
        arguments: [
            ("private", 200, nil), ("bucket-owner-full-control", 200, nil),
            ("public-read", 400, "AccessControlListNotSupported"), ("everyone", 400, "InvalidArgument"),
        ] as [(String, Int, String?)]
    )
    func acl(word: String, status: Int, code: String?) async throws {
        try await S3Bench.with { s3 in
            let answer = try await s3.put("a", "x", [named("x-amz-acl"): word])
            #expect(answer.status == status)
            #expect(answer.code == code)
            let hoisted = try await s3.send(
                s3.presign(.put, "/imgn/b?x-amz-acl=\(word)", [.contentLength: "1"]),
                body: BodyPieces("x")
            )
            #expect(hoisted.status == status)
        }
    }

    @Test(
        "promises this store cannot keep are refused",
        arguments: [
            ("x-amz-server-side-encryption", "AES256", 501), ("x-amz-tagging", "a=b", 501),
            ("x-amz-object-lock-mode", "GOVERNANCE", 501), ("x-amz-website-redirect-location", "/", 501),
            ("x-amz-write-offset-bytes", "3", 501), ("x-amz-grant-read", "id=1", 400),
            ("x-amz-storage-class", "TAPE", 400), ("if-modified-since", "Fri, 24 May 2013 00:00:00 GMT", 501),
            ("if-unmodified-since", "Fri, 24 May 2013 00:00:00 GMT", 501), ("if-none-match", "\"x\"", 501),
            ("if-match", "*", 501),
        ]
    )
    func promises(name: String, value: String, status: Int) async throws {
        try await S3Bench.with { s3 in
            let answer = try await s3.put("a", "x", [named(name): value])
            #expect(answer.status == status)
            #expect(try await s3.stored("a") == nil)
        }
    }

    @Test("both write conditions at once are refused")
    func bothConditions() async throws {
        try await S3Bench.with { s3 in
            let answer = try await s3.put("a", "x", [.ifMatch: "\"x\"", .ifNoneMatch: "*"])
            #expect(answer.status == 501)
            #expect(answer.code == "NotImplemented")
        }
    }

    @Test("If-Match writes over the object it names, and over no other")
    func ifMatch() async throws {
        try await S3Bench.with { s3 in
            let missing = try await s3.put("a", "x", [.ifMatch: "\"0\""])
            #expect(missing.status == 404)
            #expect(missing.code == "NoSuchKey")
            let first = try await s3.put("a", "one")
            let refused = try await s3.put("a", "two", [.ifMatch: "\"0\""])
            #expect(refused.status == 412)
            #expect(refused.element("Condition") == "If-Match")
            #expect(try await s3.put("a", "two", [.ifMatch: first["etag"] ?? ""]).status == 200)
            #expect(try await s3.call(.get, "/imgn/a").text == "two")
        }
    }

    @Test("If-None-Match is checked before a byte of the body is read")
    func ifAbsentEarly() async throws {
        try await S3Bench.with { s3 in
            try await s3.put("a", "x")
            let request = s3.presign(.put, "/imgn/a", [.contentLength: "1", .ifNoneMatch: "*"])
            let answer = try await s3.send(
                request,
                body: BodyPieces([.failure(PutObjectTests.UnexpectedReadError())])
            )
            #expect(answer.status == 412)
        }
    }

    @Test("If-None-Match is checked again when the body is there")
    func ifAbsentAtCommit() async throws {
        try await S3Bench.with { s3 in
            let request = s3.presign(.put, "/imgn/a", [.contentLength: "1", .ifNoneMatch: "*"])
            let rival = RivalWrite(store: s3.store, bucket: s3.bucket)
            let answer = try await s3.send(
                request,
                body: BodyPieces([.bytes([1]), .work { try await rival.put("a") }])
            )
            #expect(answer.status == 412)
            #expect(try await s3.stored("a")?.byteCount == 5)
        }
    }
}

/// A write that does not go through the front.
struct RivalWrite: Sendable {
    let store: ObjectStore
    let bucket: BucketName

    func put(_ name: String) async throws {
        let key = try #require(ObjectKey(rawValue: name))
        _ = try await store.withUpload(to: key, in: bucket, plan: UploadPlan()) { upload in
            try await upload.write(ByteBuffer(string: "rival"))
            return try await upload.commit()
        }
    }
}
