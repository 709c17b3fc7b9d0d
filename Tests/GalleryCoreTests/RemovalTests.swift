import GalleryCore
import GalleryTesting
import ImageMetadata
import Testing

@Suite("Removing pictures")
struct RemovalTests {
    private let bench = GalleryBench()

    private func published() async throws -> GalleryImage {
        guard case .ready(let image) = try await bench.ingest(ImageBuilder.png(width: 2, height: 2), name: "a b") else {
            throw GalleryError.uploadGone
        }
        return image
    }

    @Test("the picture's own token removes it, bytes and all, and may be shown again")
    func own() async throws {
        let image = try await published()
        for _ in 0..<2 {
            try await bench.gallery.remove(image.id, token: bench.gallery.removalToken(for: image.id))
            #expect(bench.storage.publishedCount == 0)
            #expect(try await bench.gallery.page(after: nil, limit: 1).images.isEmpty)
        }
        #expect(try await published().id != image.id, "the same bytes are welcome again")
    }

    @Test("the owner's token removes every picture, other tokens remove none")
    func tokens() async throws {
        let image = try await published()
        for token in ["", "x", bench.gallery.removalToken(for: .random()), "owner-token-012345678"] {
            await #expect(throws: GalleryError.self) { try await bench.gallery.remove(image.id, token: token) }
        }
        #expect(bench.storage.publishedCount == 1)
        try await bench.gallery.remove(image.id, token: "owner-token-0123456789")
        #expect(bench.storage.publishedCount == 0)
    }

    @Test("whoever brought the same bytes later cannot remove the first one's picture")
    func alias() async throws {
        let image = try await published()
        let second = ImageID.random()
        bench.storage.put(ImageBuilder.png(width: 2, height: 2), as: second)
        try await bench.gallery.ingest(second)
        await #expect(throws: GalleryError.self) {
            try await bench.gallery.remove(second, token: bench.gallery.removalToken(for: second))
        }
        #expect(try await bench.gallery.state(of: image.id) == .ready(image))
    }

    @Test("what ingest left of an upload does not bring its removed picture back")
    func leftover() async throws {
        let id = ImageID.random()
        bench.storage.put(ImageBuilder.png(width: 2, height: 2), as: id)
        // As after a crash between the catalog and the end of the upload.
        let image = GalleryImage(
            id: id,
            name: FileName("x"),
            header: (.png, 2, 2),
            content: (70, try ContentDigest(bytes: Array(repeating: 7, count: 32)).unwrapped()),
            createdAt: bench.clock.now
        )
        _ = try await bench.catalog.publish(image)
        try await bench.gallery.remove(id, token: bench.gallery.removalToken(for: id))
        #expect(try await bench.gallery.ingest(id) == nil)
        #expect(bench.storage.publishedCount == 0)
    }

    @Test(
        "a picture that is removed while its bytes come again leaves no picture without bytes",
        arguments: [InterruptedCatalog.Moment.lead, .publish]
    )
    func race(moment: InterruptedCatalog.Moment) async throws {
        let first = try await published()
        let second = ImageID.random()
        bench.storage.put(ImageBuilder.png(width: 2, height: 2), as: second)
        let token = bench.gallery.removalToken(for: first.id)
        let catalog = InterruptedCatalog(catalog: bench.catalog, moment: moment) { [bench] in
            try? await bench.gallery.remove(first.id, token: token)
        }
        let state = try await bench.gallery(on: catalog).ingest(second)
        guard case .ready(let image) = state else {
            Issue.record("not ready: \(String(describing: state))")
            return
        }
        #expect(try await bench.storage.published(image.file) != nil)
    }

    @Test("an owner's token must be a secret")
    func short() {
        #expect(AccessToken("fifteen-letters") == nil && AccessToken("sixteen-letters!") != nil)
    }

    @Test(
        "a download is called as the file was, with the ending its bytes deserve",
        arguments: [("a b", "a b.png"), ("x.PNG", "x.PNG"), ("x.jpg", "x.jpg.png"), ("naïve.png", "naïve.png")]
    )
    func downloadName(name: String, expected: String) async throws {
        guard case .ready(let image) = try await bench.ingest(ImageBuilder.png(width: 3, height: 2), name: name) else {
            Issue.record("not ready")
            return
        }
        #expect(image.downloadName.description == expected)
        #expect(try await bench.gallery.original(of: image.id, origin: "http://h").hasSuffix("name=\(expected)"))
        await #expect(throws: GalleryError.self) { _ = try await bench.gallery.original(of: .random(), origin: "") }
    }
}
