import GalleryCore
import GalleryTesting
import NIOCore
import Testing

@Suite("Bytes that come through the API where ingest runs elsewhere")
struct ReceiveElsewhereTests {
    private let bench = GalleryBench()

    private func receive(_ bytes: [UInt8], patience: Duration) async throws -> GalleryImage {
        var gallery = bench.gallery
        gallery.ingestPlace = .elsewhere(patience: patience)
        return try await gallery.receive(name: FileName("a.png")) { write in
            try await write(ByteBuffer(bytes: bytes))
        }.image
    }

    /// Plays the other process: looks at the first upload that is there.
    private func lookOnce() async throws {
        var waiting: [ImageID] = []
        while waiting.isEmpty {
            waiting = try await bench.storage.incomingIDs(after: nil, limit: 1)
            await Task.yield()
        }
        for id in waiting { try await bench.gallery.ingest(id) }
    }

    @Test("its verdict is waited for")
    func waits() async throws {
        async let looked: Void = lookOnce()
        let image = try await receive(ImageBuilder.png(width: 3, height: 2), patience: .seconds(600))
        try await looked
        #expect(image.width == 3)
    }

    @Test("what it refuses is refused")
    func refuses() async throws {
        async let looked: Void = lookOnce()
        await #expect(throws: GalleryError.self) { try await receive([1, 2, 3], patience: .seconds(600)) }
        try await looked
    }

    @Test("when it takes its time the bytes stay, unpublished, and that is said")
    func tellsThatTheyWait() async throws {
        do {
            _ = try await receive(ImageBuilder.png(width: 3, height: 2), patience: .milliseconds(1))
            Issue.record("published by whoever took the bytes")
        } catch GalleryError.notLookedAtYet(let id) {
            #expect(try await bench.storage.incomingIDs(after: nil, limit: 9) == [id])
            #expect(try await bench.catalog.state(of: id) == nil)
        }
    }
}
