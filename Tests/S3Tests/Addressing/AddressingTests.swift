import AWSTransport
import S3
import Testing

@Suite("Addressing")
struct AddressingTests {
    private func address(
        _ endpoint: String,
        bucket: String = "imgn",
        key: String = "a/b c",
        _ addressing: S3Addressing = .automatic
    ) async throws -> String {
        let store = ScriptedExchange([.whole()])
        let client = try S3Client(store, at: endpoint, addressing: addressing)
        try await client.putObject(Bench.location(key, bucket: bucket), .empty)
        let request = try #require(store.requests.first)
        return "\(request.scheme)://\(request.authority)\(request.target)"
    }

    @Test("puts the bucket into AWS's host names and into other stores' paths")
    func automatic() async throws {
        #expect(
            try await address("https://s3.eu-central-1.amazonaws.com")
                == "https://imgn.s3.eu-central-1.amazonaws.com/a/b%20c"
        )
        #expect(try await address("http://127.0.0.1:9000") == "http://127.0.0.1:9000/imgn/a/b%20c")
        #expect(
            try await address("https://amazonaws.com.evil.example") == "https://amazonaws.com.evil.example/imgn/a/b%20c"
        )
    }

    @Test("keeps a bucket with dots out of the host where a certificate would not cover it")
    func dots() async throws {
        let aws = "s3.us-east-1.amazonaws.com"
        #expect(try await address("https://\(aws)", bucket: "my.bucket") == "https://\(aws)/my.bucket/a/b%20c")
        #expect(try await address("http://\(aws)", bucket: "my.bucket") == "http://my.bucket.\(aws)/a/b%20c")
    }

    @Test("does as it is told")
    func told() async throws {
        #expect(try await address("http://s3.test:9000", .virtualHosted) == "http://imgn.s3.test:9000/a/b%20c")
        #expect(
            try await address("https://s3.us-east-1.amazonaws.com", .path)
                == "https://s3.us-east-1.amazonaws.com/imgn/a/b%20c"
        )
    }

    @Test(
        "spells hard keys as SigV4 does",
        arguments: [("a//b/../c", "a//b/../c"), ("ä+%", "%C3%A4%2B%25"), ("?x#y", "%3Fx%23y")]
    )
    func hardKeys(key: String, spelled: String) async throws {
        #expect(try await address("http://127.0.0.1:9000", key: key) == "http://127.0.0.1:9000/imgn/\(spelled)")
    }

    @Test(
        "knows what is no name of a bucket",
        arguments: [
            "", "ab", "Imgn", "a b", "a/b", "-ab", "ab.", "a..b", "a_b", "bücket", String(repeating: "a", count: 64),
        ]
    )
    func noBucket(name: String) {
        #expect(S3Bucket(name) == nil)
    }

    @Test("knows what is no key")
    func noKey() {
        #expect(S3Key("") == nil)
        #expect(S3Key(String(repeating: "a", count: 1024)) != nil)
        #expect(S3Key(String(repeating: "ä", count: 513)) == nil)
    }
}
