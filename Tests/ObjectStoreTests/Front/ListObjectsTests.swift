import HTTPTypes
import SigV4
import Testing

@testable import ObjectStore

@Suite("ListObjects, the older version")
struct ListObjectsTests {
    @Test("keys come with size, ETag, time, class and always their owner")
    func entries() async throws {
        try await S3Bench.with { s3 in
            for key in ["b", "a", "ä"] { try await s3.put(key) }
            for target in ["/imgn", "/imgn/", "/imgn?x-id=ListObjects"] {
                let answer = try await s3.call(.get, target)
                #expect(answer.status == 200)
                #expect(answer.text.contains("<ListBucketResult xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">"))
                #expect(answer.element("Name") == "imgn")
                #expect(answer.elements("Key") == ["a", "b", "ä"])
                #expect(answer.elements("Owner").count == 3)
                #expect(answer.element("Size") == "10")
                #expect(answer.element("LastModified") == "2025-01-02T03:04:05.678Z")
                #expect(answer.element("ETag") == "&quot;781e5e245d69b566979b86e28d23f2c7&quot;")
                #expect(answer.element("StorageClass") == "STANDARD")
                #expect(answer.element("Marker") == "")
                #expect(answer.element("Prefix") == "")
                #expect(answer.element("MaxKeys") == "1000")
                #expect(answer.element("IsTruncated") == "false")
                for absent in ["NextMarker", "KeyCount", "Delimiter", "EncodingType", "NextContinuationToken"] {
                    #expect(answer.element(absent) == nil)
                }
            }
        }
    }

    @Test("without a delimiter the last key is the next marker, and no NextMarker says so")
    func plainPages() async throws {
        try await S3Bench.with { s3 in
            for key in ["a", "b", "c"] { try await s3.put(key) }
            let first = try await s3.call(.get, "/imgn?max-keys=2")
            #expect(first.elements("Key") == ["a", "b"])
            #expect(first.element("IsTruncated") == "true")
            #expect(first.element("NextMarker") == nil)
            let second = try await s3.call(.get, "/imgn?max-keys=2&marker=b")
            #expect(second.elements("Key") == ["c"])
            #expect(second.element("Marker") == "b")
            #expect(second.element("IsTruncated") == "false")
        }
    }

    @Test("with a delimiter pages cover everything once, by NextMarker")
    func rolledUpPages() async throws {
        try await S3Bench.with { s3 in
            for key in ["a", "b/1", "b/2", "c", "d/1", "e"] { try await s3.put(key) }
            var seen: [String] = []
            var marker = ""
            for _ in 0..<6 {
                let answer = try await s3.call(
                    .get,
                    "/imgn?max-keys=1&delimiter=%2F&marker=\(URICoding.encode(marker))"
                )
                seen += answer.elements("Key") + answer.elements("CommonPrefixes")
                #expect(answer.element("Delimiter") == "/")
                guard answer.element("IsTruncated") == "true" else { break }
                marker = try #require(answer.element("NextMarker"))
            }
            #expect(seen == ["a", "<Prefix>b/</Prefix>", "c", "<Prefix>d/</Prefix>", "e"])
        }
    }

    @Test("prefix and marker limit the keys, and encoding-type=url encodes all of them")
    func filters() async throws {
        try await S3Bench.with { s3 in
            for key in ["a b/1", "a b/2", "a b/3 +", "c"] { try await s3.put(key) }
            let answer = try await s3.call(
                .get,
                "/imgn?prefix=a%20b%2F&marker=a%20b%2F1&encoding-type=url&delimiter=%2B"
            )
            #expect(answer.element("EncodingType") == "url")
            #expect(answer.elements("Key") == ["a%20b/2"])
            #expect(answer.elements("Prefix") == ["a%20b/", "a%20b/3%20%2B"])
            #expect(answer.element("Marker") == "a%20b/1")
            #expect(answer.element("Delimiter") == "%2B")
        }
    }

    @Test(
        "parameters that make no sense are InvalidArgument, with name and value",
        arguments: [("max-keys", "-1"), ("max-keys", "x"), ("encoding-type", "xml"), ("list-type", "1")]
    )
    func refused(name: String, value: String) async throws {
        try await S3Bench.with { s3 in
            let answer = try await s3.call(.get, "/imgn?\(name)=\(value)")
            #expect(answer.status == 400)
            #expect(answer.code == "InvalidArgument")
            #expect(answer.element("ArgumentName") == name)
            #expect(answer.element("ArgumentValue") == value)
        }
    }

    @Test("max-keys=0 is an empty last page")
    func none() async throws {
        try await S3Bench.with { s3 in
            try await s3.put("a")
            let answer = try await s3.call(.get, "/imgn?max-keys=0")
            #expect(answer.elements("Key") == [])
            #expect(answer.element("IsTruncated") == "false")
        }
    }
}
