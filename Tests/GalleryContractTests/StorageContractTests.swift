import Crypto
import GalleryCore
import GalleryTesting
import ImageMetadata
import NIOCore
import Testing

@Suite("Every storage")
struct StorageContractTests {
    private let bytes = (0..<70_000).map { UInt8(truncatingIfNeeded: $0 &* 7 &+ $0 >> 8) }

    @Test("keeps an upload with its size, digest and name until ingest", arguments: StorageBackend.allCases)
    func incoming(backend: StorageBackend) async throws {
        try await backend.withStorage { storage, _ in
            let id = ImageID.random()
            #expect(try await storage.incoming(id) == nil)
            try await storage.receive(id, bytes, name: "naïve \u{1F600} \"x\".png")
            let object = try #require(try await storage.incoming(id))
            #expect(object.byteCount == 70_000)
            #expect(object.digest == ContentDigest(bytes: SHA256.hash(data: bytes)))
            #expect(object.name.description == "naïve \u{1F600} \"x\".png")
            let part = try #require(try await storage.readIncoming(object, 65_000..<65_010))
            #expect(Array(part.readableBytesView) == Array(bytes[65_000..<65_010]))
            #expect(try await storage.readIncoming(object, 69_999..<70_001) == nil)
            let others = IncomingObject(id: id, content: (70_000, nil), name: object.name, version: "others")
            #expect(try await storage.readIncoming(others, 0..<10) == nil, "not the bytes that were looked at")
            #expect(try await !storage.readIncoming(others) { _ in Issue.record("not the bytes that were looked at") })
        }
    }

    @Test("stores nothing of an upload that is too large, empty or breaks off", arguments: StorageBackend.allCases)
    func refused(backend: StorageBackend) async throws {
        try await backend.withStorage { storage, _ in
            let id = ImageID.random()
            await #expect(throws: GalleryError.self) { try await storage.receive(id, bytes, limit: 69_999) }
            await #expect(throws: GalleryError.self) { try await storage.receive(id, []) }
            struct Broken: Error {}
            await #expect(throws: Broken.self) {
                try await storage.receive(id, name: FileName(""), limit: 100) { write in
                    try await write(ByteBuffer(string: "half"))
                    throw Broken()
                }
            }
            #expect(try await storage.incoming(id) == nil)
            #expect(try await storage.incomingIDs(after: nil, limit: 10).isEmpty)
            try await storage.receive(id, bytes, limit: 70_000)
            #expect(try await storage.incoming(id)?.byteCount == 70_000)
        }
    }

    @Test("hands over all bytes of an upload in order", arguments: StorageBackend.allCases)
    func reading(backend: StorageBackend) async throws {
        try await backend.withStorage { storage, _ in
            let id = ImageID.random()
            let long = (0..<600_000).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 9) }
            try await storage.receive(id, long)
            let object = try #require(try await storage.incoming(id))
            var seen: [UInt8] = []
            #expect(try await storage.readIncoming(object) { seen += $0.readableBytesView })
            #expect(seen == long)
            struct Enough: Error {}
            await #expect(throws: Enough.self) { _ = try await storage.readIncoming(object) { _ in throw Enough() } }
            try await storage.spendIncoming(id)
            #expect(try await !storage.readIncoming(object) { _ in Issue.record("spent") })
        }
    }

    @Test(
        "publishes a picture and its renditions, and replaces what stood there",
        arguments: StorageBackend.allCases
    )
    func publishing(backend: StorageBackend) async throws {
        try await backend.withStorage { storage, _ in
            let id = ImageID.random()
            let files = [PublishedFile(id: id, format: .png), PublishedFile(id: id, .rendition(width: 320))]
            try await storage.receive(id, bytes)
            for file in files {
                try await storage.publish(file, [1, 2, 3])
                try await storage.publish(file, bytes)
                #expect(try await storage.publishedBytes(file) == bytes)
            }
            try await storage.spendIncoming(id)
            #expect(try await storage.publishedBytes(files[0]) == bytes, "a spent upload must not empty the picture")
            for _ in 0..<2 { try await storage.unpublish(files) }
            for file in files { #expect(try await storage.publishedBytes(file) == nil) }
        }
    }

    @Test(
        "keeps an original as it came, apart from what is public, until it is dropped",
        arguments: StorageBackend.allCases
    )
    func originals(backend: StorageBackend) async throws {
        try await backend.withStorage { storage, _ in
            let id = ImageID.random()
            try await storage.receive(id, bytes)
            let object = try #require(try await storage.incoming(id))
            for _ in 0..<2 { #expect(try await storage.keepOriginal(object)) }
            try await storage.spendIncoming(id)
            #expect(try await !storage.keepOriginal(object), "it is spent")
            #expect(try await storage.published(PublishedFile(id: id, format: .png)) == nil)
            #expect(try await storage.incomingIDs(after: nil, limit: 10).isEmpty)
            for _ in 0..<2 { try await storage.dropOriginal(id) }
        }
    }

    @Test("shows nothing of a file whose bytes break off", arguments: StorageBackend.allCases)
    func brokenOff(backend: StorageBackend) async throws {
        try await backend.withStorage { storage, _ in
            struct Broken: Error {}
            let file = PublishedFile(id: .random(), format: .png)
            let fail = {
                try await storage.publish(file) { write in
                    try await write(ByteBuffer(string: "half"))
                    throw Broken()
                }
            }
            await #expect(throws: Broken.self) { try await fail() }
            #expect(try await storage.publishedBytes(file) == nil)
            try await storage.publish(file, bytes)
            await #expect(throws: Broken.self) { try await fail() }
            #expect(try await storage.publishedBytes(file) == bytes)
        }
    }

    @Test("lists what waits, page by page, and nothing that is spent", arguments: StorageBackend.allCases)
    func waiting(backend: StorageBackend) async throws {
        try await backend.withStorage { storage, _ in
            let ids = (0..<9).map { _ in ImageID.random() }
            for id in ids { try await storage.receive(id, Array(bytes.prefix(10))) }
            try await storage.spendIncoming(ids[0])
            var seen: [ImageID] = []
            while let page = Optional(try await storage.incomingIDs(after: seen.last, limit: 3)), !page.isEmpty {
                seen += page
            }
            #expect(Set(seen) == Set(ids.dropFirst()) && seen.count == 8)
        }
    }

    @Test("keeps the key of a spent upload taken until it is forgotten", arguments: StorageBackend.allCases)
    func spent(backend: StorageBackend) async throws {
        try await backend.withStorage { storage, clock in
            let id = ImageID.random()
            try await storage.receive(id, bytes)
            let object = try #require(try await storage.incoming(id))
            try await storage.spendIncoming(id)
            #expect(try await storage.incoming(id) == nil)
            #expect(try await storage.readIncoming(object, 0..<1) == nil)
            try await storage.forgetSpent(olderThan: 900)
            try? await storage.receive(id, bytes)
            #expect(try await storage.incoming(id) == nil, "the key is still taken")
            clock.advance(bySeconds: 1000)
            try await storage.forgetSpent(olderThan: 900)
            try await storage.receive(id, bytes)
            #expect(try await storage.incoming(id) != nil)
        }
    }
}
