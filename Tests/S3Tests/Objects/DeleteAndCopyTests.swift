import AWSTransport
import Crypto
import Foundation
import HTTPTypes
import NIOCore
import S3
import Testing

@Suite("Deleting and copying")
struct DeleteAndCopyTests {
    @Test("many keys go in requests of 1000, protected by their digest; refusals come back by key")
    func deleteMany() async throws {
        let failed =
            "<DeleteResult><Error><Key>k3</Key><Code>AccessDenied</Code><Message>No.</Message></Error></DeleteResult>"
        let store = ScriptedExchange([.whole(.ok, [:], failed), .whole(.ok, [:], "<DeleteResult/>")])
        let keys = try (0..<1001).map { try #require(S3Key("k\($0)")) }
        let failures = try await S3Client(store).deleteObjects(keys, in: Bench.location().bucket)
        #expect(failures.map(\.key) == ["k3"] && failures.map(\.code) == ["AccessDenied"])
        let request = try #require(store.requests.first)
        #expect(request.method == .post && request.target == "/imgn?delete")
        guard case .bytes(let body) = request.body else { throw Bench.BadName() }
        let md5 = Data(Insecure.MD5.hash(data: Data(body.readableBytesView)))
        #expect(request.headers["content-md5"] == md5.base64EncodedString())
        #expect(String(buffer: body).components(separatedBy: "<Object>").count == 1001)
        #expect(store.requests.count == 2)
    }

    @Test("a key that XML cannot spell is deleted by itself, not another one in its place")
    func unspeakable() async throws {
        let store = ScriptedExchange([.whole(.noContent), .whole(.ok, [:], "<DeleteResult/>")])
        let keys = try [#require(S3Key("a\u{1}b")), #require(S3Key("plain"))]
        #expect(try await S3Client(store).deleteObjects(keys, in: Bench.location().bucket).isEmpty)
        #expect(store.requests.first?.method == .delete && store.requests.first?.target == "/imgn/a%01b")
        guard case .bytes(let body) = store.requests.last?.body else { throw Bench.BadName() }
        #expect(!String(buffer: body).contains("\u{FFFD}"))
    }

    @Test("no keys need no request")
    func none() async throws {
        let store = ScriptedExchange([])
        #expect(try await S3Client(store).deleteObjects([], in: Bench.location().bucket).isEmpty)
        #expect(store.requests.isEmpty)
    }

    @Test("a copy names its source, its conditions, and what the copy shall be called")
    func copy() async throws {
        let answer = "<CopyObjectResult><ETag>\"new\"</ETag></CopyObjectResult>"
        let store = ScriptedExchange([.whole(.ok, [:], answer)])
        let copy = ObjectCopy(
            of: try Bench.location("in coming/ä"),
            ifMatch: ETag("abc"),
            settings: ObjectSettings(contentType: "image/png"),
            condition: .ifAbsent
        )
        let written = try await S3Client(store).copyObject(copy, to: Bench.location())
        #expect(written?.etag?.value == "new")
        let headers = try #require(store.requests.first).headers
        #expect(headers["x-amz-copy-source"] == "imgn/in%20coming/%C3%A4")
        #expect(headers["x-amz-copy-source-if-match"] == "\"abc\"")
        #expect(headers["x-amz-metadata-directive"] == "REPLACE")
        #expect(headers[.contentType] == "image/png")
        #expect(headers[.ifNoneMatch] == "*")
    }

    @Test("a copy of a missing object is nothing")
    func copyOfNothing() async throws {
        let store = ScriptedExchange([.whole(.notFound, [:], "<Error><Code>NoSuchKey</Code></Error>")])
        let location = try Bench.location()
        #expect(try await S3Client(store).copyObject(ObjectCopy(of: location), to: location) == nil)
    }
}
