import HTTPTypes
import SigV4
import Testing

@testable import ObjectStore

@Suite("ListObjectsV2")
struct ListObjectsV2Tests {
    @Test("keys come in the byte order of their UTF-8, with size, ETag and time")
    func order() async throws {
        try await S3Bench.with { s3 in
            for key in ["b", "a/b", "a", "a-b", "ä", "Z", "a/a"] { try await s3.put(key) }
            let answer = try await s3.call(.get, "/imgn?list-type=2")
            #expect(answer.status == 200)
            #expect(answer.elements("Key") == ["Z", "a", "a-b", "a/a", "a/b", "b", "ä"])
            #expect(answer.element("KeyCount") == "7")
            #expect(answer.element("MaxKeys") == "1000")
            #expect(answer.element("IsTruncated") == "false")
            #expect(answer.element("NextContinuationToken") == nil)
            #expect(answer.element("Size") == "10")
            #expect(answer.element("ETag") == "&quot;781e5e245d69b566979b86e28d23f2c7&quot;")
            #expect(answer.element("LastModified") == "2025-01-02T03:04:05.678Z")
            #expect(answer.element("StorageClass") == "STANDARD")
            #expect(answer.element("Owner") == nil)
        }
    }

    @Test("pages cover everything once, prefixes counted like keys")
    func pages() async throws {
        try await S3Bench.with { s3 in
            for key in ["a", "b/1", "b/2", "c", "d/1", "e"] { try await s3.put(key) }
            var seen: [String] = []
            var token: String?
            for _ in 0..<5 {
                let continuation =
                    token.map { "&continuation-token=\(URICoding.encode($0, keepingSlash: false))" } ?? ""
                let answer = try await s3.call(.get, "/imgn?list-type=2&max-keys=2&delimiter=%2F" + continuation)
                seen += answer.elements("Key") + answer.elements("CommonPrefixes")
                #expect(answer.elements("Key").count + answer.elements("CommonPrefixes").count <= 2)
                #expect(answer.element("ContinuationToken") == token)
                token = answer.element("NextContinuationToken")
                #expect(answer.element("IsTruncated") == (token == nil ? "false" : "true"))
                if token == nil { break }
            }
            #expect(token == nil)
            #expect(seen.sorted() == ["<Prefix>b/</Prefix>", "<Prefix>d/</Prefix>", "a", "c", "e"])
        }
    }

    @Test("prefix, start-after and an owner on demand")
    func filters() async throws {
        try await S3Bench.with { s3 in
            for key in ["a/1", "a/2", "a/3", "b"] { try await s3.put(key) }
            let answer = try await s3.call(
                .get,
                "/imgn?list-type=2&prefix=a%2F&start-after=a%2F1&fetch-owner=true&delimiter="
            )
            #expect(answer.elements("Key") == ["a/2", "a/3"])
            #expect(answer.element("Prefix") == "a/")
            #expect(answer.element("StartAfter") == "a/1")
            #expect(answer.elements("Owner").count == 2)
            #expect(answer.element("Delimiter") == nil)
        }
    }

    @Test("a continuation token decides over start-after")
    func tokenWins() async throws {
        try await S3Bench.with { s3 in
            for key in ["a", "b", "c"] { try await s3.put(key) }
            let token = URICoding.encode(ListParameters.token(after: "a"), keepingSlash: false)
            let answer = try await s3.call(.get, "/imgn?list-type=2&start-after=b&continuation-token=\(token)")
            #expect(answer.elements("Key") == ["b", "c"])
        }
    }

    @Test("max-keys=0 is an empty last page; more than 1000 are 1000")
    func limits() async throws {
        try await S3Bench.with { s3 in
            try await s3.put("a")
            let none = try await s3.call(.get, "/imgn?list-type=2&max-keys=0")
            #expect(none.element("KeyCount") == "0")
            #expect(none.element("IsTruncated") == "false")
            let many = try await s3.call(.get, "/imgn?list-type=2&max-keys=5000")
            #expect(many.element("MaxKeys") == "1000")
        }
    }

    @Test(
        "parameters that make no sense are named",
        arguments: [
            ("max-keys=-1", "max-keys"), ("max-keys=ten", "max-keys"), ("max-keys=99999999999", "max-keys"),
            ("encoding-type=hex", "encoding-type"), ("continuation-token=", "continuation-token"),
            ("continuation-token=abc", "continuation-token"), ("continuation-token=2.YWJj", "continuation-token"),
            ("continuation-token=1.", "continuation-token"),
            ("continuation-token=1.%2F%2F%2F%2F", "continuation-token"),
        ]
    )
    func nonsense(query: String, name: String) async throws {
        try await S3Bench.with { s3 in
            let answer = try await s3.call(.get, "/imgn?list-type=2&" + query)
            #expect(answer.status == 400)
            #expect(answer.code == "InvalidArgument")
            #expect(answer.element("ArgumentName") == name)
        }
    }

    @Test("encoding-type=url tells every key exactly; plain XML escapes, and marks what it cannot hold")
    func encoding() async throws {
        try await S3Bench.with { s3 in
            let key = "<a> & \"b'\u{1}\r\n+%/é"
            try await s3.put(key)
            let url = try await s3.call(
                .get,
                "/imgn?list-type=2&encoding-type=url&prefix=%3Ca&start-after=%20&delimiter=%25"
            )
            #expect(url.element("EncodingType") == "url")
            #expect(url.element("Delimiter") == "%25")
            #expect(url.element("StartAfter") == "%20")
            #expect(url.elements("Prefix") == ["%3Ca", "%3Ca%3E%20%26%20%22b%27%01%0D%0A%2B%25"])
            let all = try await s3.call(.get, "/imgn?list-type=2&encoding-type=url")
            #expect(all.element("Key") == "%3Ca%3E%20%26%20%22b%27%01%0D%0A%2B%25/%C3%A9")
            let plain = try await s3.call(.get, "/imgn?list-type=2")
            #expect(plain.element("Key") == "&lt;a&gt; &amp; &quot;b&apos;\u{FFFD}&#13;&#10;+%/é")
        }
    }

    @Test("an object's checksum algorithm is listed")
    func checksum() async throws {
        try await S3Bench.with { s3 in
            try await s3.put("a", PutObjectTests.body, [named("x-amz-checksum-sha256"): PutObjectTests.sha256])
            let answer = try await s3.call(.get, "/imgn?list-type=2")
            #expect(answer.element("ChecksumAlgorithm") == "SHA256")
            #expect(answer.element("ChecksumType") == "FULL_OBJECT")
        }
    }
}
