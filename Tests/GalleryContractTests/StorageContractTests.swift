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
            #expect(try await !storage.publish(others, as: PublishedFile(id: id, format: .png)))
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

    @Test("publishes bytes for ever the same, however often it is told", arguments: StorageBackend.allCases)
    func publishing(backend: StorageBackend) async throws {
        try await backend.withStorage { storage, _ in
            let file = PublishedFile(id: .random(), format: .png)
            try await storage.receive(file.id, bytes)
            let object = try #require(try await storage.incoming(file.id))
            for _ in 0..<3 { #expect(try await storage.publish(object, as: file)) }
            try await storage.spendIncoming(file.id)
            #expect(try await storage.publish(object, as: file))
            #expect(try await storage.publishedBytes(file) == bytes, "a spent upload must not empty the picture")
            for _ in 0..<2 { try await storage.unpublish(file) }
            #expect(try await storage.publishedBytes(file) == nil)
            #expect(try await !storage.publish(object, as: file), "the upload is spent")
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
