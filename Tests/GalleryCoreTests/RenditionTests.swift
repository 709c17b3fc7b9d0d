import GalleryCore
import GalleryTesting
import ImageMetadata
import NIOCore
import Synchronization
import Testing

@Suite("Public files of a picture")
struct RenditionTests {
    private let bytes = ImageBuilder.png(width: 700, height: 350)

    @Test("are kept with what is to be remembered of them, and removed together")
    func keeps() async throws {
        let bench = GalleryBench()
        let image = try await bench.published(bytes, by: FakeMaker())
        #expect(image.details.renditions == [Rendition(width: 320, height: 160), Rendition(width: 640, height: 320)])
        #expect(image.details.placeholder?.color == 0x11_2233)
        #expect(image.format == .jpeg && image.byteCount == 6)
        #expect(bench.storage.publishedCount == 3)
        for file in image.files { #expect(try await bench.storage.published(file)?.byteCount == 6) }
        try await bench.gallery.remove(image.id, token: bench.gallery.removalToken(for: image.id))
        #expect(bench.storage.publishedCount == 0)
    }

    @Test("get all bytes of the upload, once")
    func upload() async throws {
        let maker = FakeMaker()
        _ = try await GalleryBench().published(bytes, by: maker)
        #expect(maker.uploads == [bytes])
    }

    @Test(
        "are taken back when a picture turns out to be undecodable, which is refused for good",
        arguments: [
            (RenditionError.unreadable, Rejection.Reason.unreadable), (.tooLarge("5 frames"), .tooManyPixels),
        ]
    )
    func refused(error: RenditionError, reason: Rejection.Reason) async throws {
        let bench = GalleryBench()
        let state = try await bench.ingest(bytes, by: FakeMaker(failure: error))
        guard case .rejected(let rejection) = state else {
            Issue.record("not refused: \(String(describing: state))")
            return
        }
        #expect(rejection.reason == reason)
        #expect(bench.storage.publishedCount == 0)
    }

    @Test("are made again when it was not the picture's fault")
    func unavailable() async throws {
        let bench = GalleryBench()
        let id = ImageID.random()
        bench.storage.put(bytes, as: id)
        let failing = bench.gallery(making: FakeMaker(failure: RenditionError.unavailable("no worker")))
        await #expect(throws: GalleryError.self) { _ = try await failing.ingest(id) }
        #expect(bench.storage.publishedCount == 0)
        #expect(try await bench.gallery.state(of: id) == .incoming)
        guard case .ready = try await bench.gallery(making: FakeMaker()).ingest(id) else {
            Issue.record("not ready")
            return
        }
    }

    @Test("are not made of bytes that go away meanwhile")
    func gone() async throws {
        let bench = GalleryBench()
        let id = ImageID.random()
        bench.storage.put(bytes, as: id)
        let gallery = bench.gallery(making: FakeMaker { try? await bench.storage.spendIncoming(id) })
        #expect(try await gallery.ingest(id) == nil)
        #expect(bench.storage.publishedCount == 0)
    }

    @Test("the upload itself is kept only where that is wished, and goes with the picture", arguments: [false, true])
    func originals(isWished: Bool) async throws {
        let bench = GalleryBench()
        let id = ImageID.random()
        bench.storage.put(bytes, as: id)
        var gallery = bench.gallery(making: FakeMaker())
        gallery.keepsOriginals = isWished
        _ = try await gallery.ingest(id)
        #expect(bench.storage.original(id) == (isWished ? bytes : nil))
        try await gallery.remove(id, token: gallery.removalToken(for: id))
        #expect(bench.storage.original(id) == nil)
    }

    @Test("are made anew from the picture, keeping what only the upload said")
    func rebuild() async throws {
        let bench = GalleryBench()
        var old = try await bench.published(bytes, by: PlainMaker())
        old.details.hadPosition = true
        old.details.renditions = [Rendition(width: 99, height: 50)]
        _ = try await bench.catalog.update(old)
        let maker = FakeMaker()
        #expect(try await bench.gallery(making: maker).rebuild(old) == .done)
        #expect(maker.uploads == [bytes])
        guard case .ready(let new) = try await bench.catalog.state(of: old.id) else {
            Issue.record("not ready")
            return
        }
        #expect(new.details.renditions.map(\.width) == [320, 640] && new.details.hadPosition)
        #expect(new.format == .jpeg && new.createdAt == old.createdAt)
        #expect(bench.storage.publishedCount == 3, "the PNG that stood there is gone")
    }

    @Test("a picture that cannot be decoded any more stays as it was")
    func rebuildFails() async throws {
        let bench = GalleryBench()
        let image = try await bench.published(bytes, by: PlainMaker())
        let state = try await bench.gallery(making: FakeMaker(failure: .unreadable)).rebuild(image)
        guard case .failed = state else {
            Issue.record("\(state)")
            return
        }
        #expect(try await bench.catalog.state(of: image.id) == .ready(image))
    }

    @Test("a picture that is removed meanwhile leaves no file")
    func rebuildGone() async throws {
        let bench = GalleryBench()
        let image = try await bench.published(bytes, by: PlainMaker())
        let token = bench.gallery.removalToken(for: image.id)
        let gallery = bench.gallery(making: FakeMaker { try? await bench.gallery.remove(image.id, token: token) })
        #expect(try await gallery.rebuild(image) == .gone)
        #expect(bench.storage.publishedCount == 0)
    }

    @Test("are not made of a format that the maker does not know, and the refusal names those it does")
    func unknownFormat() async throws {
        var maker = FakeMaker()
        maker.formats = [.jpeg, .avif]
        let state = try await GalleryBench().ingest(bytes, by: maker)
        guard case .rejected(let rejection) = state else {
            Issue.record("not refused")
            return
        }
        #expect(rejection.reason == .unsupportedType)
        #expect(rejection.detail.contains("JPEG and AVIF pictures are welcome"))
    }
}

/// Makes six bytes of everything, or fails after the renditions.
private struct FakeMaker: RenditionMaker {
    var formats: Set<ImageFormat> = [.png]
    var failure: RenditionError?
    var meanwhile: @Sendable () async -> Void = {}
    private let seen = SeenUploads()

    init(failure: RenditionError? = nil, meanwhile: @escaping @Sendable () async -> Void = {}) {
        self.failure = failure
        self.meanwhile = meanwhile
    }

    var uploads: [[UInt8]] { seen.uploads }

    func make(
        _ request: RenditionRequest,
        from upload: (_ write: (ByteBuffer) async throws -> Void) async throws -> Void,
        publish: (
            _ kind: PublishedFile.Kind,
            _ fill: (_ write: (ByteBuffer) async throws -> Void) async throws -> Void
        ) async throws -> Void
    ) async throws -> RenditionResult {
        var bytes: [UInt8] = []
        try await upload { bytes += $0.readableBytesView }
        seen.add(bytes)
        let fill = { (write: (ByteBuffer) async throws -> Void) in
            for _ in 0..<2 { try await write(ByteBuffer(string: "abc")) }
        }
        for width in [640, 320] { try await publish(.rendition(width: width), fill) }
        await meanwhile()
        if let failure { throw failure }
        try await publish(.picture(.jpeg), fill)
        return RenditionResult(
            file: (.jpeg, request.width, request.height, 6),
            renditions: [Rendition(width: 320, height: 160), Rendition(width: 640, height: 320)],
            placeholder: Placeholder(thumbHash: [1], color: 0x11_2233),
            frameCount: 1
        )
    }
}

/// What a maker was given; a class, for all copies of the maker share it.
private final class SeenUploads: Sendable {
    private let seen = Mutex<[[UInt8]]>([])

    var uploads: [[UInt8]] { seen.withLock { $0 } }

    func add(_ bytes: [UInt8]) { seen.withLock { $0.append(bytes) } }
}
