import HTTPTypes
import Testing

@testable import ObjectStore

@Suite("ListParts and ListMultipartUploads")
struct MultipartListTests {
    @Test("parts come with number, size, tag and time, page by page")
    func parts() async throws {
        try await S3Bench.with { s3 in
            let id = try await s3.start()
            for number in [7, 1, 3] { _ = try await s3.send(number, String(repeating: "x", count: number), to: id) }
            let all = try await s3.call(.get, "/imgn/a?uploadId=\(id)")
            #expect(all.status == 200)
            #expect(all.elements("PartNumber") == ["1", "3", "7"])
            #expect(all.elements("Size") == ["1", "3", "7"])
            #expect(all.element("ETag") == "&quot;9dd4e461268c8034f5c8564e155c67a6&quot;")
            #expect(all.element("LastModified") == "2025-01-02T03:04:05.678Z")
            #expect(all.element("Bucket") == "imgn")
            #expect(all.element("Key") == "a")
            #expect(all.element("UploadId") == id)
            #expect(all.element("StorageClass") == "STANDARD")
            #expect(all.elements("ID") == ["imgn", "imgn"])
            #expect(all.element("MaxParts") == "1000")
            #expect(all.element("IsTruncated") == "false")
            #expect(all.element("NextPartNumberMarker") == nil)
            let first = try await s3.call(.get, "/imgn/a?uploadId=\(id)&max-parts=2")
            #expect(first.elements("PartNumber") == ["1", "3"])
            #expect(first.element("IsTruncated") == "true")
            #expect(first.element("NextPartNumberMarker") == "3")
            let rest = try await s3.call(.get, "/imgn/a?uploadId=\(id)&max-parts=2&part-number-marker=3")
            #expect(rest.elements("PartNumber") == ["7"])
            #expect(rest.element("PartNumberMarker") == "3")
            #expect(rest.element("IsTruncated") == "false")
            let capped = try await s3.call(.get, "/imgn/a?uploadId=\(id)&max-parts=5000")
            #expect(capped.element("MaxParts") == "1000")
        }
    }

    @Test(
        "parameters that make no sense are refused by name",
        arguments: [
            ("/imgn/a?uploadId=ID&max-parts=-1", "max-parts"), ("/imgn/a?uploadId=ID&max-parts=x", "max-parts"),
            ("/imgn/a?uploadId=ID&part-number-marker=-1", "part-number-marker"),
            ("/imgn/a?uploadId=ID&encoding-type=x", "encoding-type"), ("/imgn?uploads&max-uploads=-1", "max-uploads"),
            ("/imgn?uploads&max-uploads=4294967296", "max-uploads"), ("/imgn?uploads&encoding-type=x", "encoding-type"),
            ("/imgn?uploads&key-marker=a&upload-id-marker=x", "upload-id-marker"),
        ]
    )
    func refusals(target: String, name: String) async throws {
        try await S3Bench.with { s3 in
            let id = try await s3.start()
            let answer = try await s3.call(.get, target.replacing("ID", with: id))
            #expect(answer.status == 400)
            #expect(answer.code == "InvalidArgument")
            #expect(answer.element("ArgumentName") == name)
        }
    }

    @Test("unfinished uploads come by key and start, page by page, rolled up and encoded")
    func uploads() async throws {
        try await S3Bench.with { s3 in
            var ids: [String] = []
            for key in ["b", "a%20b", "x/1", "x/2"] { ids.append(try await s3.start(key: key)) }
            let all = try await s3.call(.get, "/imgn?uploads&encoding-type=url")
            #expect(all.elements("Key") == ["a%20b", "b", "x/1", "x/2"])
            #expect(all.elements("UploadId") == [ids[1], ids[0], ids[2], ids[3]])
            #expect(all.element("EncodingType") == "url")
            #expect(all.element("Initiated") == "2025-01-02T03:04:05.678Z")
            #expect(all.element("MaxUploads") == "1000")
            #expect(all.element("KeyMarker") == "")
            #expect(all.element("IsTruncated") == "false")
            let page = try await s3.call(.get, "/imgn?uploads&max-uploads=2&delimiter=/")
            #expect(page.elements("Key") == ["a b", "b"])
            #expect(page.element("IsTruncated") == "true")
            #expect(page.element("NextKeyMarker") == "b")
            #expect(page.element("NextUploadIdMarker") == ids[0])
            let next = try await s3.call(.get, "/imgn?uploads&delimiter=/&key-marker=b&upload-id-marker=\(ids[0])")
            #expect(next.elements("Key") == [])
            #expect(next.elements("CommonPrefixes") == ["<Prefix>x/</Prefix>"])
            #expect(next.element("UploadIdMarker") == ids[0])
            let prefix = try await s3.call(.get, "/imgn?uploads&prefix=x/")
            #expect(prefix.elements("Key") == ["x/1", "x/2"])
            #expect(prefix.element("Prefix") == "x/")
            let idAlone = try await s3.call(.get, "/imgn?uploads&upload-id-marker=whatever")
            #expect(idAlone.elements("Key").count == 4)
        }
    }

    @Test("an upload is no object: neither listed nor there before it is completed")
    func noObject() async throws {
        try await S3Bench.with { s3 in
            let (id, xml) = try await s3.upload(["x"])
            #expect(try await s3.call(.get, "/imgn?list-type=2").elements("Key") == [])
            #expect(try await s3.call(.get, "/imgn?uploads").elements("UploadId") == [id])
            _ = try await s3.complete(id, xml)
            #expect(try await s3.call(.get, "/imgn?list-type=2").elements("Key") == ["a"])
            #expect(try await s3.call(.get, "/imgn?uploads").elements("UploadId") == [])
        }
    }
}
