import Crypto
import GalleryCore
import GalleryTesting
import Logging

/// A gallery on adapters in memory.
struct GalleryBench {
    let clock = FixedClock()
    let catalog = MemoryImageCatalog()
    let storage: MemoryImageStorage
    let gallery: Gallery

    init(limits: GalleryLimits = GalleryLimits(), signals: IngestSignals? = nil) {
        let clock = clock
        storage = MemoryImageStorage(now: { clock.now })
        gallery = Gallery(
            ports: (catalog, storage),
            limits: limits,
            access: Self.access,
            signals: signals,
            logger: Self.silence,
            now: { clock.now }
        )
    }

    /// The gallery of the bench on another catalog.
    func gallery(on catalog: any ImageCatalog, logger: Logger = GalleryBench.silence) -> Gallery {
        let clock = clock
        return Gallery(
            ports: (catalog, storage),
            limits: gallery.limits,
            access: Self.access,
            logger: logger,
            now: { clock.now }
        )
    }

    static let silence = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })

    private static var access: (seal: TicketSeal, owner: AccessToken?) {
        (TicketSeal(secret: Array("0123456789abcdef".utf8)), AccessToken("owner-token-0123456789"))
    }

    /// Puts bytes where an upload would, and looks at them.
    func ingest(_ bytes: [UInt8], name: String = "x.png") async throws -> ImageState? {
        let id = ImageID.random()
        storage.put(bytes, as: id, name: name)
        return try await gallery.ingest(id)
    }

    /// Puts bytes where an upload would, and has public files made of them.
    func ingest(_ bytes: [UInt8], by maker: some RenditionMaker) async throws -> ImageState? {
        let id = ImageID.random()
        storage.put(bytes, as: id)
        return try await gallery(making: maker).ingest(id)
    }

    /// The gallery of the bench with another maker of public files.
    func gallery(making maker: some RenditionMaker) -> Gallery {
        var gallery = gallery
        gallery.maker = maker
        return gallery
    }

    /// The picture that comes of it.
    func published(_ bytes: [UInt8], by maker: some RenditionMaker) async throws -> GalleryImage {
        let state = try await ingest(bytes, by: maker)
        let image: GalleryImage? = if case .ready(let image) = state { image } else { nil }
        return try image.unwrapped()
    }
}

extension Gallery {
    /// A logger that says nothing.
    var testLogger: Logger { Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() }) }
}

extension UploadRequest {
    /// The request for these bytes.
    init(_ bytes: [UInt8], name: String = "x.png") throws {
        let digest = try ContentDigest(bytes: SHA256.hash(data: bytes)).unwrapped()
        self.init(name: FileName(name), mediaType: "image/png", byteCount: Int64(bytes.count), digest: digest)
    }
}

extension Optional {
    struct Missing: Error {}

    /// The value, or an error in the test that wants it.
    func unwrapped() throws -> Wrapped {
        guard let self else { throw Missing() }
        return self
    }
}
