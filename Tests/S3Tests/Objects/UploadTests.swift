import AWSTransport
import Crypto
import Foundation
import HTTPTypes
import NIOCore
import S3
import Testing

@Suite("An upload")
struct UploadTests {
    private static let digest = Array(SHA256.hash(data: Data("hello".utf8)))

    private func sent(
        at endpoint: String = "http://127.0.0.1:9000",
        _ body: S3Body,
        _ settings: ObjectSettings = ObjectSettings(),
        condition: WriteCondition = .none
    ) async throws -> HTTPFields {
        let store = ScriptedExchange([.whole()])
        _ = try await S3Client(store, at: endpoint).putObject(Bench.location(), body, settings, condition: condition)
        return try #require(store.requests.first).headers
    }

    @Test(
        "binds its bytes by checksum and by signature",
        arguments: ["http://127.0.0.1:9000", "https://s3.example.org"]
    )
    func digest(endpoint: String) async throws {
        let headers = try await sent(at: endpoint, .bytes(ByteBuffer(string: "hello")))
        #expect(headers["x-amz-checksum-sha256"] == Data(Self.digest).base64EncodedString())
        let hex = Self.digest.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
        #expect(headers["x-amz-content-sha256"] == hex)
        #expect(headers["authorization"]?.contains("x-amz-checksum-sha256") == true)
    }

    @Test("of a stream whose digest nobody knows is sent unsigned")
    func unknownDigest() async throws {
        let body = S3Body.stream(byteCount: 5, sha256: nil) { AWSBodyReader { nil } }
        let headers = try await sent(body)
        #expect(headers["x-amz-content-sha256"] == "UNSIGNED-PAYLOAD")
        #expect(headers["x-amz-checksum-sha256"] == nil)
    }

    @Test("of a stream whose digest is known is bound by it")
    func knownDigest() async throws {
        let body = S3Body.stream(byteCount: 5, sha256: Self.digest) { AWSBodyReader { nil } }
        #expect(try await sent(body)["x-amz-checksum-sha256"] == Data(Self.digest).base64EncodedString())
    }

    @Test("says what it was told of the object, signed")
    func settings() async throws {
        let name = try #require(HTTPField.Name("Name"))
        let settings = ObjectSettings(
            contentType: "image/png",
            cacheControl: "public",
            metadata: [name: "n%20"],
            acl: "bucket-owner-full-control"
        )
        let headers = try await sent(.empty, settings, condition: .ifAbsent)
        #expect(headers["content-type"] == "image/png")
        #expect(headers["cache-control"] == "public")
        #expect(headers["x-amz-meta-name"] == "n%20")
        #expect(headers["x-amz-acl"] == "bucket-owner-full-control")
        #expect(headers["if-none-match"] == "*")
        #expect(
            headers["authorization"]?.contains(
                "SignedHeaders=cache-control;content-type;host;if-none-match;x-amz-acl;x-amz-checksum-sha256;"
            ) == true
        )
        let match = try await sent(.empty, condition: .ifMatch(try #require(ETag("abc"))))
        #expect(match["if-match"] == "\"abc\"")
        #expect(match["x-amz-acl"] == nil)
    }

    @Test(
        "that meets another object says so",
        arguments: [(412, "PreconditionFailed"), (409, "ConditionalRequestConflict")]
    )
    func refused(status: Int, code: String) async throws {
        let answer = ScriptedExchange.Answer.whole(.init(code: status), [:], "<Error><Code>\(code)</Code></Error>")
        let client = try S3Client(ScriptedExchange([answer]))
        await #expect(
            performing: { try await client.putObject(Bench.location(), .empty) },
            throws: {
                ($0 as? AWSError)?.isRefusedCondition == true
            }
        )
    }

    @Test("of wrong bytes says so")
    func wrongDigest() async throws {
        let answer = ScriptedExchange.Answer.whole(.badRequest, [:], "<Error><Code>BadDigest</Code></Error>")
        let client = try S3Client(ScriptedExchange([answer]))
        await #expect(
            performing: { try await client.putObject(Bench.location(), .empty) },
            throws: {
                ($0 as? AWSError)?.isWrongDigest == true
            }
        )
    }
}

extension HTTPFields {
    subscript(name: String) -> String? {
        HTTPField.Name(name).flatMap { self[$0] }
    }
}
