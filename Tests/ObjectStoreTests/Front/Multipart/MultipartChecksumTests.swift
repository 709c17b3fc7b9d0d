import Crypto
import HTTPTypes
import SigV4
import Testing

@testable import ObjectStore

@Suite("Checksums of multipart uploads")
struct MultipartChecksumTests {
    private static let algorithm = named("x-amz-checksum-algorithm")
    private static let type = named("x-amz-checksum-type")

    @Test("a composite SHA-256 covers the parts' digests, and says of how many parts")
    func composite() async throws {
        try await S3Bench.with(minimumPartByteCount: 1) { s3 in
            let (id, xml) = try await s3.upload(["one", "two"], [Self.algorithm: "SHA256"])
            let listed = try await s3.call(.get, "/imgn/a?uploadId=\(id)")
            #expect(listed.element("ChecksumAlgorithm") == "SHA256")
            #expect(listed.element("ChecksumType") == "COMPOSITE")
            #expect(listed.elements("ChecksumSHA256").count == 2)
            let digests = ["one", "two"].flatMap { Array(SHA256.hash(data: Array($0.utf8))) }
            let expected = Base64.encode(Array(SHA256.hash(data: digests)))
            let answer = try await s3.complete(id, xml, [named("x-amz-checksum-sha256"): expected + "-2"])
            #expect(answer.status == 200, "\(answer.text)")
            #expect(answer.element("ChecksumSHA256") == expected + "-2")
            #expect(answer.element("ChecksumType") == "COMPOSITE")
            let head = try await s3.call(.head, "/imgn/a", [named("x-amz-checksum-mode"): "ENABLED"])
            #expect(head["x-amz-checksum-sha256"] == expected + "-2")
            #expect(head["x-amz-checksum-type"] == "COMPOSITE")
            #expect(try await s3.call(.get, "/imgn?list-type=2").element("ChecksumType") == "COMPOSITE")
        }
    }

    @Test("a checksum of the whole object needs none in the list, and is that of its bytes")
    func fullObject() async throws {
        try await S3Bench.with(minimumPartByteCount: 1) { s3 in
            let headers: HTTPFields = [Self.algorithm: "crc32", Self.type: "full_object"]
            let start = try await s3.call(.post, "/imgn/a?uploads", headers)
            #expect(start["x-amz-checksum-algorithm"] == "CRC32")
            #expect(start["x-amz-checksum-type"] == "FULL_OBJECT")
            let id = try #require(start.element("UploadId"))
            let one = try #require(try await s3.send(1, "hello ", to: id)["etag"])
            let two = try #require(try await s3.send(2, "world", to: id)["etag"])
            let xml = S3Bench.document([S3Bench.part(1, one), S3Bench.part(2, two)])
            let wrong = try await s3.complete(id, xml, [named("x-amz-checksum-crc32"): "AAAAAA=="])
            #expect(wrong.status == 400)
            #expect(wrong.code == "BadDigest")
            let right: HTTPFields = [
                named("x-amz-checksum-crc32"): UnsignedTrailerTests.crc32, Self.type: "FULL_OBJECT",
            ]
            let answer = try await s3.complete(id, xml, right)
            #expect(answer.element("ChecksumCRC32") == UnsignedTrailerTests.crc32)
            #expect(answer.element("ChecksumType") == "FULL_OBJECT")
        }
    }

    @Test("CRC-64 is always of the whole object, other algorithms of the parts unless asked otherwise")
    func defaults() async throws {
        try await S3Bench.with { s3 in
            for algorithm in ChecksumAlgorithm.allCases {
                let start = try await s3.call(.post, "/imgn/a?uploads", [Self.algorithm: algorithm.rawValue])
                let expected = algorithm == .crc64nvme ? "FULL_OBJECT" : "COMPOSITE"
                #expect(start["x-amz-checksum-type"] == expected)
            }
        }
    }

    @Test(
        "algorithms and types that cannot be are refused at the start",
        arguments: [
            ("MD5", nil), ("CRC32", "PARTIAL"), (nil, "COMPOSITE"), ("SHA256", "FULL_OBJECT"), ("SHA1", "FULL_OBJECT"),
            ("CRC64NVME", "COMPOSITE"),
        ] as [(String?, String?)]
    )
    func impossible(algorithm: String?, type: String?) async throws {
        try await S3Bench.with { s3 in
            var headers = HTTPFields()
            headers[Self.algorithm] = algorithm
            headers[Self.type] = type
            let answer = try await s3.call(.post, "/imgn/a?uploads", headers)
            #expect(answer.status == 400)
            #expect(answer.code == "InvalidRequest")
        }
    }

    @Test(
        "a part's algorithm is that of its upload; where there is none, only a CRC passes",
        arguments: [("SHA256", "crc32"), (nil, "sha256"), (nil, "sha1")] as [(String?, String)]
    )
    func otherAlgorithm(algorithm: String?, sent: String) async throws {
        try await S3Bench.with { s3 in
            var headers = HTTPFields()
            headers[Self.algorithm] = algorithm
            let id = try await s3.start(headers)
            let value = Base64.encode([UInt8](repeating: 0, count: sent == "crc32" ? 4 : sent == "sha1" ? 20 : 32))
            let answer = try await s3.send(1, "x", to: id, [named("x-amz-checksum-\(sent)"): value])
            #expect(answer.status == 400)
            #expect(answer.code == "InvalidRequest")
            #expect(
                answer.message?.hasPrefix(
                    "Checksum Type mismatch occurred, expected checksum Type: \(algorithm?.lowercased() ?? "null"), "
                        + "actual checksum Type: \(sent)"
                ) == true
            )
        }
    }

    @Test("the CRC that clients add by themselves is verified in an upload that named none, and forgotten")
    func uncalledCRC() async throws {
        try await S3Bench.with { s3 in
            let id = try await s3.start()
            let wrong = try await s3.send(1, "x", to: id, [named("x-amz-checksum-crc32"): "AAAAAA=="])
            #expect(wrong.status == 400)
            #expect(wrong.code == "BadDigest")
            let right = try await s3.send(1, "x", to: id, [named("x-amz-checksum-crc32"): "jNwWgw=="])
            #expect(right.status == 200)
            let part = S3Bench.part(1, right["etag"] ?? "", "<ChecksumCRC32>jNwWgw==</ChecksumCRC32>")
            #expect(try await s3.complete(id, S3Bench.document([part])).status == 200)
            let head = try await s3.call(.head, "/imgn/a", [named("x-amz-checksum-mode"): "ENABLED"])
            #expect(head["x-amz-checksum-crc32"] == nil)
        }
    }

    @Test("a list without the parts' checksums, or with wrong ones, is refused")
    func listed() async throws {
        try await S3Bench.with { s3 in
            let id = try await s3.start([Self.algorithm: "SHA256"])
            let etag = try #require(try await s3.send(1, "x", to: id)["etag"])
            let bare = try await s3.complete(id, S3Bench.document([S3Bench.part(1, etag)]))
            #expect(bare.code == "InvalidRequest")
            #expect(bare.message?.hasSuffix("It was missing for part 1 in the request.") == true)
            for (value, code) in [
                ("x", "InvalidRequest"), (Base64.encode([UInt8](repeating: 1, count: 32)), "InvalidPart"),
            ] {
                let part = S3Bench.part(1, etag, "<ChecksumSHA256>\(value)</ChecksumSHA256>")
                let answer = try await s3.complete(id, S3Bench.document([part]))
                #expect(answer.status == 400)
                #expect(answer.code == code)
            }
            #expect(try await s3.stored("a") == nil)
        }
    }

    @Test(
        "what a completion says of its object must be so",
        arguments: [
            ("x-amz-checksum-crc32c", "AAAAAA==", "InvalidRequest"), ("x-amz-checksum-crc32", "x", "InvalidRequest"),
            ("x-amz-checksum-crc32", "AAAAAA==-1", "InvalidRequest"),
            ("x-amz-checksum-type", "COMPOSITE", "InvalidRequest"),
            ("x-amz-checksum-type", "x", "InvalidRequest"), ("x-amz-mp-object-size", "2", "InvalidRequest"),
            ("x-amz-mp-object-size", "x", "InvalidArgument"), ("x-amz-mp-object-size", "-1", "InvalidArgument"),
        ]
    )
    func expectations(name: String, value: String, code: String) async throws {
        try await S3Bench.with { s3 in
            let (id, xml) = try await s3.upload(["x"], [Self.algorithm: "CRC32", Self.type: "FULL_OBJECT"])
            let answer = try await s3.complete(id, xml, [named(name): value])
            #expect(answer.status == 400)
            #expect(answer.code == code)
            #expect(try await s3.stored("a") == nil)
            #expect(try await s3.complete(id, xml, [named("x-amz-mp-object-size"): "1"]).status == 200)
        }
    }

    @Test("the checksum of the object in a completion is not taken for that of the request's body")
    func notTheBody() async throws {
        try await S3Bench.with { s3 in
            let (id, xml) = try await s3.upload(["hello world"], [Self.algorithm: "CRC32", Self.type: "FULL_OBJECT"])
            let headers: HTTPFields = [named("x-amz-checksum-crc32"): UnsignedTrailerTests.crc32]
            #expect(try await s3.complete(id, xml, headers).status == 200)
            let md5: HTTPFields = [named("content-md5"): "AAAAAAAAAAAAAAAAAAAAAA=="]
            #expect(try await s3.complete(id, xml, md5).code == "BadDigest")
        }
    }
}
