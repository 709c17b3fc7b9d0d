import Crypto
import HTTPTypes
import SigV4
import Testing

@testable import ObjectStore

@Suite("Reading an object by its parts")
struct PartReadTests {
    private func withObject(_ headers: HTTPFields = [:], _ test: (S3Bench) async throws -> Void) async throws {
        try await S3Bench.with(minimumPartByteCount: 1) { s3 in
            let (id, xml) = try await s3.upload(["one, ", "two, ", "three"], headers)
            #expect(try await s3.complete(id, xml).status == 200)
            try await test(s3)
        }
    }

    @Test("a part is 206 with its range and how many there are; HEAD the same without the bytes")
    func part() async throws {
        try await withObject { s3 in
            for (number, text, range) in [(1, "one, ", "0-4"), (2, "two, ", "5-9"), (3, "three", "10-14")] {
                let get = try await s3.call(.get, "/imgn/a?partNumber=\(number)")
                #expect(get.status == 206)
                #expect(get.text == text)
                #expect(get["content-range"] == "bytes \(range)/15")
                #expect(get["x-amz-mp-parts-count"] == "3")
                #expect(get["etag"] == "\"\(MultipartLifeTests.etag(["one, ", "two, ", "three"]))\"")
                let head = try await s3.call(.head, "/imgn/a?partNumber=\(number)")
                #expect(head.status == 206)
                #expect(head.byteCount == 0)
                #expect(head["content-length"] == "5")
                #expect(head["x-amz-mp-parts-count"] == "3")
            }
            #expect(try await s3.call(.get, "/imgn/a")["x-amz-mp-parts-count"] == nil)
        }
    }

    @Test("with checksums a part carries its own, not that of the object")
    func checksum() async throws {
        try await withObject([named("x-amz-checksum-algorithm"): "SHA256"]) { s3 in
            let answer = try await s3.call(.get, "/imgn/a?partNumber=2", [named("x-amz-checksum-mode"): "ENABLED"])
            #expect(answer["x-amz-checksum-sha256"] == Base64.encode(Array(SHA256.hash(data: Array("two, ".utf8)))))
            let silent = try await s3.call(.get, "/imgn/a?partNumber=2")
            #expect(silent["x-amz-checksum-sha256"] == nil)
        }
    }

    @Test("a part that the object does not have is 416, and says how many there are")
    func notThere() async throws {
        try await withObject { s3 in
            let answer = try await s3.call(.get, "/imgn/a?partNumber=4")
            #expect(answer.status == 416)
            #expect(answer.code == "InvalidPartNumber")
            #expect(answer.element("PartNumberRequested") == "4")
            #expect(answer.element("ActualPartCount") == "3")
        }
    }

    @Test("part and range at once, or a number that is none, are refused")
    func refusals() async throws {
        try await withObject { s3 in
            let both = try await s3.call(.get, "/imgn/a?partNumber=1", [.range: "bytes=0-1"])
            #expect(both.status == 400)
            #expect(both.code == "InvalidRequest")
            for number in ["0", "10001", "x"] {
                #expect(try await s3.call(.get, "/imgn/a?partNumber=\(number)").code == "InvalidArgument")
            }
        }
    }

    @Test("an object in one piece is its own only part; an empty one is sent whole")
    func onePiece() async throws {
        try await S3Bench.with { s3 in
            try await s3.put("a", "piece")
            let answer = try await s3.call(.get, "/imgn/a?partNumber=1")
            #expect(answer.status == 206)
            #expect(answer["content-range"] == "bytes 0-4/5")
            #expect(answer["x-amz-mp-parts-count"] == nil)
            #expect(try await s3.call(.get, "/imgn/a?partNumber=2").element("ActualPartCount") == "1")
            try await s3.put("a", "")
            let empty = try await s3.call(.get, "/imgn/a?partNumber=1")
            #expect(empty.status == 200)
            #expect(empty.byteCount == 0)
        }
    }

    @Test("an empty last part is sent as nothing, not as the whole object")
    func emptyPart() async throws {
        try await S3Bench.with(minimumPartByteCount: 1) { s3 in
            let (id, xml) = try await s3.upload(["one", ""])
            #expect(try await s3.complete(id, xml).status == 200)
            let answer = try await s3.call(.get, "/imgn/a?partNumber=2")
            #expect(answer.status == 200)
            #expect(answer.byteCount == 0)
            #expect(answer["content-length"] == "0")
            #expect(answer["content-range"] == nil)
        }
    }
}

@Suite("GetObjectAttributes")
struct GetObjectAttributesTests {
    private static let wanted = named("x-amz-object-attributes")

    @Test("what was asked for is answered, and nothing else")
    func attributes() async throws {
        try await S3Bench.with(minimumPartByteCount: 1) { s3 in
            let (id, xml) = try await s3.upload(["one", "three"], [named("x-amz-checksum-algorithm"): "SHA256"])
            _ = try await s3.complete(id, xml)
            let all = "ETag,Checksum, ObjectParts,StorageClass,ObjectSize"
            let answer = try await s3.call(.get, "/imgn/a?attributes", [Self.wanted: all])
            #expect(answer.status == 200)
            #expect(answer["last-modified"] == "Thu, 02 Jan 2025 03:04:05 GMT")
            #expect(answer.element("ETag") == MultipartLifeTests.etag(["one", "three"]))
            let digests = ["one", "three"].map { Array(SHA256.hash(data: Array($0.utf8))) }
            let whole = Base64.encode(Array(SHA256.hash(data: digests.flatMap(\.self))))
            #expect(answer.elements("ChecksumSHA256") == [whole] + digests.map { Base64.encode($0) })
            #expect(answer.element("ChecksumType") == "COMPOSITE")
            #expect(answer.element("PartsCount") == "2")
            #expect(answer.elements("PartNumber") == ["1", "2"])
            #expect(answer.elements("Size") == ["3", "5"])
            #expect(answer.element("StorageClass") == "STANDARD")
            #expect(answer.element("ObjectSize") == "8")
            let size = try await s3.call(.get, "/imgn/a?attributes", [Self.wanted: "ObjectSize"])
            #expect(size.element("ObjectSize") == "8")
            #expect(size.element("ETag") == nil)
            #expect(size.element("ObjectParts") == nil)
        }
    }

    @Test("parts come page by page")
    func pages() async throws {
        try await S3Bench.with(minimumPartByteCount: 1) { s3 in
            let (id, xml) = try await s3.upload(["1", "2", "3"])
            _ = try await s3.complete(id, xml)
            let headers: HTTPFields = [
                Self.wanted: "ObjectParts", named("x-amz-max-parts"): "1", named("x-amz-part-number-marker"): "1",
            ]
            let page = try await s3.call(.get, "/imgn/a?attributes", headers)
            #expect(page.elements("PartNumber") == ["2"])
            #expect(page.element("PartNumberMarker") == "1")
            #expect(page.element("NextPartNumberMarker") == "2")
            #expect(page.element("MaxParts") == "1")
            #expect(page.element("IsTruncated") == "true")
        }
    }

    @Test("an object in one piece has no parts and, unless one was sent, no checksum")
    func onePiece() async throws {
        try await S3Bench.with { s3 in
            try await s3.put("a", "x")
            let answer = try await s3.call(.get, "/imgn/a?attributes", [Self.wanted: "ObjectParts,Checksum,ETag"])
            #expect(answer.element("ObjectParts") == nil)
            #expect(answer.element("Checksum") == nil)
            #expect(answer.element("ETag") == "9dd4e461268c8034f5c8564e155c67a6")
        }
    }

    @Test(
        "no name, or one that is none, is refused; so is an object that is not there",
        arguments: [nil, "", "Etag", "ETag,x"]
    )
    func refusals(names: String?) async throws {
        try await S3Bench.with { s3 in
            try await s3.put("a", "x")
            var headers = HTTPFields()
            headers[Self.wanted] = names
            let answer = try await s3.call(.get, "/imgn/a?attributes", headers)
            #expect(answer.status == 400)
            #expect(answer.code == "InvalidArgument")
            #expect(try await s3.call(.get, "/imgn/none?attributes", [Self.wanted: "ETag"]).code == "NoSuchKey")
            let condition: HTTPFields = [Self.wanted: "ETag", .ifMatch: "\"x\""]
            #expect(try await s3.call(.get, "/imgn/a?attributes", condition).status == 412)
        }
    }
}
