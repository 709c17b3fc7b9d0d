import HTTPTypes
import Testing

@testable import ObjectStore

@Suite("UploadPartCopy")
struct UploadPartCopyTests {
    private static let source = named("x-amz-copy-source")
    private static let range = named("x-amz-copy-source-range")

    private func copy(_ s3: S3Bench, _ number: Int, _ id: String, _ headers: HTTPFields) async throws -> S3Answer {
        try await s3.call(.put, "/imgn/a?partNumber=\(number)&uploadId=\(id)", headers)
    }

    @Test("an object and a range of one become parts")
    func parts() async throws {
        try await S3Bench.with(minimumPartByteCount: 1) { s3 in
            try await s3.put("source b", "0123456789")
            let id = try await s3.start([named("x-amz-checksum-algorithm"): "CRC32"])
            let part = try await copy(s3, 1, id, [Self.source: "/imgn/source%20b", Self.range: "bytes=2-4"])
            #expect(part.status == 200, "\(part.text)")
            #expect(part.element("ETag") == "&quot;289dff07669d7a23de0ef88d2f7129e7&quot;")
            #expect(part.element("LastModified") == "2025-01-02T03:04:05.678Z")
            #expect(part.element("ChecksumCRC32") != nil)
            #expect(try await copy(s3, 2, id, [Self.source: "imgn/source%20b"]).status == 200)
            let listed = try await s3.call(.get, "/imgn/a?uploadId=\(id)")
            #expect(listed.elements("Size") == ["3", "10"])
            let parts = zip(listed.elements("ETag"), listed.elements("ChecksumCRC32")).enumerated().map {
                S3Bench.part($0 + 1, $1.0, "<ChecksumCRC32>\($1.1)</ChecksumCRC32>")
            }
            #expect(try await s3.complete(id, S3Bench.document(parts)).status == 200)
            #expect(try await s3.call(.get, "/imgn/a").text == "2340123456789")
        }
    }

    @Test(
        "copies that cannot be are refused, and leave no part",
        arguments: [
            ([source: "imgn/none"], 404, "NoSuchKey"), ([source: "none/s"], 404, "NoSuchBucket"),
            ([source: "imgn"], 400, "InvalidArgument"),
            ([source: "imgn/s", range: "bytes=0-10"], 400, "InvalidArgument"),
            ([source: "imgn/s", range: "bytes=10-10"], 400, "InvalidArgument"),
            ([source: "imgn/s", range: "bytes=3-2"], 400, "InvalidArgument"),
            ([source: "imgn/s", range: "bytes=0-"], 400, "InvalidArgument"),
            ([source: "imgn/s", range: "bytes=-2"], 400, "InvalidArgument"),
            ([source: "imgn/s", range: "0-2"], 400, "InvalidArgument"),
            ([source: "imgn/s", range: "bytes=0-2,4-5"], 400, "InvalidArgument"),
            ([source: "imgn/s", range: "bytes=0-9223372036854775807"], 400, "InvalidArgument"),
            ([source: "imgn/s", named("x-amz-copy-source-if-match"): "\"x\""], 412, "PreconditionFailed"),
            ([source: "imgn/s", named("x-amz-copy-source-if-none-match"): "*"], 412, "PreconditionFailed"),
            ([source: "imgn/s", named("if-none-match"): "*"], 501, "NotImplemented"),
        ] as [(HTTPFields, Int, String)]
    )
    func refusals(headers: HTTPFields, status: Int, code: String) async throws {
        try await S3Bench.with { s3 in
            try await s3.put("s", "0123456789")
            let id = try await s3.start()
            let answer = try await copy(s3, 1, id, headers)
            #expect(answer.status == status)
            #expect(answer.code == code)
            #expect(try await s3.call(.get, "/imgn/a?uploadId=\(id)").elements("Part").isEmpty)
        }
    }

    @Test("the last byte of the source can be copied, and an upload that is not there cannot be copied to")
    func edges() async throws {
        try await S3Bench.with { s3 in
            try await s3.put("s", "0123456789")
            let id = try await s3.start()
            #expect(try await copy(s3, 1, id, [Self.source: "imgn/s", Self.range: "bytes=9-9"]).status == 200)
            _ = try await s3.call(.delete, "/imgn/a?uploadId=\(id)")
            #expect(try await copy(s3, 1, id, [Self.source: "imgn/s"]).code == "NoSuchUpload")
        }
    }

    @Test("no request copies more than 5 GiB")
    func limit() throws {
        try CopySource.checkLength(5 << 30)
        #expect(throws: S3Error.copySourceTooLarge(limit: 5 << 30)) { try CopySource.checkLength((5 << 30) + 1) }
    }
}
