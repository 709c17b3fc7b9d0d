import GalleryCore
import GalleryTesting
import ImageMetadata
import NIOCore
import Testing

@Suite("Every storage, in parts")
struct MultipartContractTests {
    /// Three parts as a ticket plans them.
    private let parts: [[UInt8]] = [
        [UInt8](repeating: 1, count: 8 << 20), [UInt8](repeating: 2, count: 8 << 20), [UInt8](repeating: 3, count: 100),
    ]

    private func begin(_ storage: any ImageStorage) async throws -> LargeUpload {
        try await storage.beginMultipart(.random(), name: FileName("ü.png"), mediaType: "image/png", bindsDigests: true)
    }

    @Test("joins parts that came in any order, once, with name and content digest", arguments: StorageBackend.allCases)
    func joins(backend: StorageBackend) async throws {
        try await backend.withBench { bench in
            let upload = try await begin(bench.storage)
            for number in [2, 3, 1] { try await bench.putPart(parts[number - 1], number, upload) }
            let arrived = try #require(try await bench.storage.parts(of: upload))
            #expect(arrived.map(\.number) == [1, 2, 3])
            #expect(arrived.map(\.byteCount) == [8 << 20, 8 << 20, 100])
            #expect(try await bench.storage.incoming(upload.id) == nil)
            #expect(try await bench.storage.completeMultipart(upload, parts: arrived))
            let object = try #require(try await bench.storage.incoming(upload.id))
            var hasher = ContentHasher(byteCount: object.byteCount)
            for part in parts { hasher.update(part) }
            // Another store may vouch for nothing: then all of the bytes are read, as below.
            #expect(object.digest == hasher.finalize() || (object.digest == nil && backend == .otherS3))
            #expect(object.name.description == "ü.png")
            let seam = try #require(try await bench.storage.readIncoming(object, (16 << 20) - 1..<(16 << 20) + 1))
            #expect(Array(seam.readableBytesView) == [2, 3])
            #expect(try await bench.storage.parts(of: upload) == nil)
            #expect(try await bench.storage.incomingIDs(after: nil, limit: 10) == [upload.id])
            var bytes: [UInt8] = []
            #expect(try await bench.storage.readIncoming(object) { bytes += $0.readableBytesView })
            #expect(bytes == parts.flatMap { $0 })
        }
    }

    @Test("a part sent again replaces the first one", arguments: StorageBackend.allCases)
    func replaces(backend: StorageBackend) async throws {
        try await backend.withBench { bench in
            let upload = try await begin(bench.storage)
            for size in [5, 7] { try await bench.putPart([UInt8](repeating: 9, count: size), 1, upload) }
            let sizes = try await bench.storage.parts(of: upload)?.map(\.byteCount)
            // SeaweedFS lists both, and tells apart only those that came in different seconds.
            #expect(sizes == [7] || (sizes == [5] && backend == .otherS3))
        }
    }

    @Test("never joins over something that stands there", arguments: StorageBackend.allCases)
    func taken(backend: StorageBackend) async throws {
        try await backend.withBench { bench in
            let upload = try await begin(bench.storage)
            try await bench.putPart([1], 1, upload)
            try await bench.storage.receive(upload.id, [7, 7, 7])
            let arrived = try #require(try await bench.storage.parts(of: upload))
            #expect(try await !bench.storage.completeMultipart(upload, parts: arrived))
            #expect(try await bench.storage.incoming(upload.id)?.byteCount == 3)
        }
    }

    @Test("an aborted upload is gone, and so is one that is a day old", arguments: StorageBackend.allCases)
    func ends(backend: StorageBackend) async throws {
        try await backend.withBench { bench in
            let aborted = try await begin(bench.storage)
            let old = try await begin(bench.storage)
            try await bench.putPart([1], 1, aborted)
            for _ in 0..<2 { try await bench.storage.abortMultipart(aborted) }
            #expect(try await bench.storage.parts(of: aborted) == nil)
            #expect(try await !bench.storage.completeMultipart(aborted, parts: []))
            try await bench.storage.forgetUnfinished(olderThan: 86_400)
            #expect(try await bench.storage.parts(of: old) == [])
            bench.clock.advance(bySeconds: 86_402)
            try await bench.storage.forgetUnfinished(olderThan: 86_400)
            #expect(try await bench.storage.parts(of: old) == nil)
        }
    }

    @Test("an upload that never was is not there", arguments: StorageBackend.allCases)
    func unknown(backend: StorageBackend) async throws {
        try await backend.withBench { bench in
            for name in ["", "x", "../x", "0123456789abcdef0123456789abcdef0123456789ab"] {
                let upload = LargeUpload(id: .random(), storageID: name)
                #expect(try await bench.storage.parts(of: upload) == nil)
                #expect(try await !bench.storage.completeMultipart(upload, parts: []))
                try await bench.storage.abortMultipart(upload)
            }
        }
    }
}
