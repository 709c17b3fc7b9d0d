import AWSTransport
import Foundation
import GalleryAWS
import HTTPTypes
import NIOCore
import S3
import SigV4
import Testing

/// The stores the client is tried on.
enum S3Store: CaseIterable, Sendable {
    case own
    case other

    static var allCases: [S3Store] { S3Bench.otherStore == nil ? [.own] : [.own, .other] }

    func withBench(_ body: (S3Bench) async throws -> Void) async throws {
        switch self {
        case .own: try await S3Bench.own(body)
        case .other: try await S3Bench.other(body)
        }
    }
}

@Suite("The S3 client on real stores")
struct S3ClientTests {
    private static let hardNames = ["a b", "a+b", "a%20b", "ä/ö?ü#", "a//b", "(1)'!*~", "\u{1F600}", "tab\tline\nend"]

    private func location(_ bench: S3Bench, _ name: String) throws -> S3Location {
        S3Location(bucket: bench.keys.bucket, key: try #require(S3Key("\(bench.keys.prefix)\(name)")))
    }

    private func put(_ bench: S3Bench, _ name: String, _ text: String = "hello") async throws {
        try await bench.client.putObject(location(bench, name), .bytes(ByteBuffer(string: text)))
    }

    @Test("gives back bytes, ranges and metadata as they were put", arguments: S3Store.allCases)
    func roundTrip(store: S3Store) async throws {
        try await store.withBench { bench in
            let place = try location(bench, "x/y")
            #expect(try await bench.client.headObject(place) == nil)
            let name = try #require(HTTPField.Name("name"))
            let settings = ObjectSettings(contentType: "image/png", cacheControl: "public", metadata: [name: "n%20"])
            let body = S3Body.bytes(ByteBuffer(string: "hello"))
            let written = try await bench.client.putObject(place, body, settings, condition: .ifAbsent)
            let head = try #require(try await bench.client.headObject(place))
            #expect(head.byteCount == 5 && head.etag == written.etag && head.checksum?.whole == body.sha256)
            #expect(head.settings == settings)
            let part = try await bench.client.readObject(place, ObjectRead(1..<3, ifMatch: head.etag), upTo: 9)
            #expect(part.map { String(buffer: $0.bytes) } == "el")
            let cut = try await bench.client.readObject(place, ObjectRead(3..<99), upTo: 99)
            #expect(cut.map { String(buffer: $0.bytes) } == "lo")
            await #expect(
                performing: { _ = try await bench.client.readObject(place, ObjectRead(5..<9), upTo: 9) },
                throws: { ($0 as? AWSError)?.code == "InvalidRange" }
            )
            await #expect(
                performing: {
                    _ = try await bench.client.readObject(place, ObjectRead(nil, ifMatch: ETag("other")), upTo: 9)
                },
                throws: { ($0 as? AWSError)?.isRefusedCondition == true }
            )
            await #expect(
                performing: { try await bench.client.putObject(place, .empty, condition: .ifAbsent) },
                throws: { ($0 as? AWSError)?.isRefusedCondition == true }
            )
        }
    }

    @Test("lists keys as they are, page by page, and folds them at a delimiter", arguments: S3Store.allCases)
    func listing(store: S3Store) async throws {
        try await store.withBench { bench in
            let names = Self.hardNames.filter { store == .own || !$0.contains("//") }
            for name in names { try await put(bench, "list/\(name)") }
            var query = ObjectQuery(prefix: "\(bench.keys.prefix)list/", limit: 3)
            var seen: [String] = []
            repeat {
                let page = try await bench.client.listObjects(in: bench.keys.bucket, query)
                #expect(page.objects.count <= 3 && page.objects.allSatisfy { $0.byteCount == 5 })
                seen += page.objects.map(\.key)
                query.continuation = page.next
            } while query.continuation != nil
            let wanted = names.map { "\(bench.keys.prefix)list/\($0)" }
            #expect(Set(seen) == Set(wanted) && seen.count == wanted.count)
            let folded = ObjectQuery(prefix: bench.keys.prefix, delimiter: "/")
            let page = try await bench.client.listObjects(in: bench.keys.bucket, folded)
            #expect(page.commonPrefixes == ["\(bench.keys.prefix)list/"] && page.objects.isEmpty)
        }
    }

    @Test(
        "deletes many objects, odd names among them, and does not mind those that are gone",
        arguments: S3Store.allCases
    )
    func deletion(store: S3Store) async throws {
        try await store.withBench { bench in
            let names = Self.hardNames.filter { store == .own || !$0.contains("//") }
            for name in names { try await put(bench, name) }
            let keys = try (names + ["gone"]).map { try location(bench, $0).key }
            #expect(try await bench.client.deleteObjects(keys, in: bench.keys.bucket).isEmpty)
            let left = try await bench.client.listObjects(
                in: bench.keys.bucket,
                ObjectQuery(prefix: bench.keys.prefix)
            )
            #expect(left.objects.isEmpty)
            try await bench.client.deleteObject(location(bench, "gone"))
        }
    }

    @Test("copies only the version it was told, with new metadata", arguments: S3Store.allCases)
    func copying(store: S3Store) async throws {
        try await store.withBench { bench in
            try await put(bench, "from +ä")
            let from = try location(bench, "from +ä")
            let to = try location(bench, "to")
            let etag = try #require(try await bench.client.headObject(from)?.etag)
            let settings = ObjectSettings(contentType: "image/png")
            let copy = ObjectCopy(of: from, ifMatch: etag, settings: settings)
            #expect(try await bench.client.copyObject(copy, to: to)?.etag == etag)
            #expect(try await bench.client.headObject(to)?.settings.contentType == "image/png")
            try await put(bench, "from +ä", "other")
            await #expect(
                performing: { try await bench.client.copyObject(copy, to: to) },
                throws: { ($0 as? AWSError)?.isRefusedCondition == true }
            )
            let nothing = ObjectCopy(of: try location(bench, "nothing"))
            #expect(try await bench.client.copyObject(nothing, to: to) == nil)
        }
    }

    @Test("knows buckets that are there and those that are not", arguments: S3Store.allCases)
    func buckets(store: S3Store) async throws {
        try await store.withBench { bench in
            #expect(try await bench.client.hasBucket(bench.keys.bucket))
            let missing = try #require(S3Bucket("no-such-bucket-here"))
            #expect(try await !bench.client.hasBucket(missing))
        }
    }

    @Test("makes download URLs that say the file's name", arguments: S3Store.allCases)
    func download(store: S3Store) async throws {
        try await store.withBench { bench in
            try await put(bench, "x")
            let overrides = ResponseOverrides(contentDisposition: "attachment; filename=\"a b.png\"")
            let url = try await bench.client.presignGet(location(bench, "x"), overrides, seconds: 60).url
            let target = String(url.dropFirst(bench.endpoint.description.count))
            let request = AWSHTTPRequest(.get, at: bench.endpoint, target: target)
            try await bench.exchange.execute(request, timeouts: AWSTimeouts()) { answer in
                #expect(answer.status == .ok)
                #expect(answer.headers[.contentDisposition] == "attachment; filename=\"a b.png\"")
                let body = try await answer.collect(upTo: 99)
                #expect(String(buffer: body) == "hello")
            }
        }
    }
}
