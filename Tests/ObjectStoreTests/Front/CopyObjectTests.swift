import HTTPTypes
import SigV4
import Testing

@testable import ObjectStore

@Suite("CopyObject")
struct CopyObjectTests {
    private static let source = named("x-amz-copy-source")

    @Test(
        "a copy has the bytes, the metadata and the ETag of its source",
        arguments: ["imgn/a%20b.png", "/imgn/a%20b.png"]
    )
    func copy(source: String) async throws {
        try await S3Bench.with { s3 in
            let put = try await s3.put("a b.png", "bytes", [.contentType: "image/png", named("x-amz-meta-n"): "v"])
            let answer = try await s3.call(.put, "/imgn/copy.png", [Self.source: source])
            #expect(answer.status == 200)
            #expect(answer.element("ETag") == put["etag"]?.replacing("\"", with: "&quot;"))
            #expect(answer.element("LastModified") == "2025-01-02T03:04:05.678Z")
            let copy = try await s3.call(.get, "/imgn/copy.png")
            #expect(copy.text == "bytes")
            #expect(copy["content-type"] == "image/png")
            #expect(copy["x-amz-meta-n"] == "v")
        }
    }

    @Test("REPLACE takes the metadata of the request, also for a copy onto itself")
    func replace() async throws {
        try await S3Bench.with { s3 in
            try await s3.put("a", "x", [.contentType: "image/png", named("x-amz-meta-n"): "v"])
            let headers: HTTPFields = [
                Self.source: "imgn/a", named("x-amz-metadata-directive"): "REPLACE", .contentType: "image/gif",
            ]
            #expect(try await s3.call(.put, "/imgn/a", headers).status == 200)
            let answer = try await s3.call(.get, "/imgn/a")
            #expect(answer["content-type"] == "image/gif")
            #expect(answer["x-amz-meta-n"] == nil)
        }
    }

    @Test(
        "copies that cannot be are refused",
        arguments: [
            ("imgn/a", [:], "/imgn/a", 400, "InvalidRequest"), ("imgn/none", [:], "/imgn/b", 404, "NoSuchKey"),
            ("none/a", [:], "/imgn/b", 404, "NoSuchBucket"), ("imgn", [:], "/imgn/b", 400, "InvalidArgument"),
            ("imgn/%zz", [:], "/imgn/b", 400, "InvalidArgument"),
            ("imgn/a?versionId=1", [:], "/imgn/b", 400, "InvalidArgument"),
            ("imgn/a", ["x-amz-metadata-directive": "KEEP"], "/imgn/b", 400, "InvalidArgument"),
            ("imgn/a", ["x-amz-acl": "public-read"], "/imgn/b", 400, "AccessControlListNotSupported"),
            ("imgn/a", ["x-amz-copy-source-if-match": "\"x\""], "/imgn/b", 412, "PreconditionFailed"),
            ("imgn/a", ["x-amz-copy-source-if-none-match": "*"], "/imgn/b", 412, "PreconditionFailed"),
            ("imgn/a", ["if-none-match": "*"], "/imgn/taken", 412, "PreconditionFailed"),
            ("imgn/a", ["if-match": "\"x\""], "/imgn/b", 404, "NoSuchKey"),
        ] as [(String, [String: String], String, Int, String)]
    )
    func refusals(source: String, headers: [String: String], target: String, status: Int, code: String) async throws {
        try await S3Bench.with { s3 in
            try await s3.put("a")
            try await s3.put("taken", "old")
            var fields: HTTPFields = [Self.source: source]
            for (name, value) in headers { fields[named: name] = value }
            let answer = try await s3.call(.put, target, fields)
            #expect(answer.status == status)
            #expect(answer.code == code)
            #expect(try await s3.stored("b") == nil)
            #expect(try await s3.stored("taken")?.byteCount == 3)
        }
    }
}
