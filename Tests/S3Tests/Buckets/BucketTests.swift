import AWSTransport
import HTTPTypes
import NIOCore
import S3
import Testing

@Suite("A bucket")
struct BucketTests {
    @Test("tells its CORS rules, and no rules as nothing")
    func cors() async throws {
        let rules = """
            <CORSConfiguration><CORSRule><AllowedOrigin>https://a.example</AllowedOrigin>\
            <AllowedOrigin>*</AllowedOrigin><AllowedMethod>PUT</AllowedMethod><AllowedHeader>content-type\
            </AllowedHeader><ExposeHeader>ETag</ExposeHeader><MaxAgeSeconds>3000</MaxAgeSeconds></CORSRule>\
            </CORSConfiguration>
            """
        let none = "<Error><Code>NoSuchCORSConfiguration</Code></Error>"
        let store = ScriptedExchange([.whole(.ok, [:], rules), .whole(.notFound, [:], none)])
        let client = try S3Client(store)
        let rule = try #require(try await client.corsRules(of: Bench.location().bucket)?.first)
        #expect(rule.allowedOrigins == ["https://a.example", "*"] && rule.allowedMethods == ["PUT"])
        #expect(rule.allowedHeaders == ["content-type"] && rule.exposedHeaders == ["ETag"])
        #expect(rule.maxAgeSeconds == 3000)
        #expect(try await client.corsRules(of: Bench.location().bucket) == nil)
        #expect(store.requests.map(\.target) == ["/imgn?cors", "/imgn?cors"])
    }

    @Test("tells what it does with old objects, wherever the prefix stands")
    func lifecycle() async throws {
        let rules = """
            <LifecycleConfiguration><Rule><Status>Enabled</Status><Filter><Prefix>incoming/</Prefix></Filter>\
            <AbortIncompleteMultipartUpload><DaysAfterInitiation>1</DaysAfterInitiation>\
            </AbortIncompleteMultipartUpload></Rule><Rule><Status>Disabled</Status><Filter><And><Prefix>a/</Prefix>\
            </And></Filter><Expiration><Days>30</Days></Expiration></Rule><Rule><Status>Enabled</Status>\
            <Prefix>b/</Prefix></Rule></LifecycleConfiguration>
            """
        let none = "<Error><Code>NoSuchLifecycleConfiguration</Code></Error>"
        let store = ScriptedExchange([.whole(.ok, [:], rules), .whole(.notFound, [:], none)])
        let client = try S3Client(store)
        let found = try #require(try await client.lifecycleRules(of: Bench.location().bucket))
        #expect(found.map(\.prefix) == ["incoming/", "a/", "b/"])
        #expect(found.map(\.isEnabled) == [true, false, true])
        #expect(found.map(\.abortsUploadsAfterDays) == [1, nil, nil])
        #expect(found.map(\.expiresAfterDays) == [nil, 30, nil])
        #expect(try await client.lifecycleRules(of: Bench.location().bucket) == nil)
    }

    @Test("that a store knows no rules for is an error of its own")
    func notImplemented() async throws {
        let store = ScriptedExchange([.whole(.notImplemented, [:], "<Error><Code>NotImplemented</Code></Error>")])
        await #expect(
            performing: { _ = try await S3Client(store).lifecycleRules(of: Bench.location().bucket) },
            throws: { ($0 as? AWSError)?.isNotImplemented == true }
        )
    }

    @Test("is made once; one of ours is left as it is, one of another's is an error")
    func create() async throws {
        let ours = "<Error><Code>BucketAlreadyOwnedByYou</Code></Error>"
        let theirs = "<Error><Code>BucketAlreadyExists</Code></Error>"
        let answers: [ScriptedExchange.Answer] = [
            .whole(), .whole(.conflict, [:], ours), .whole(.conflict, [:], theirs),
        ]
        let store = ScriptedExchange(answers)
        let client = try S3Client(store)
        for _ in 0..<2 { try await client.createBucket(Bench.location().bucket) }
        await #expect(
            performing: { try await client.createBucket(Bench.location().bucket) },
            throws: { ($0 as? AWSError)?.code == "BucketAlreadyExists" }
        )
        #expect(store.requests.allSatisfy { $0.method == .put && $0.target == "/imgn" })
    }
}
