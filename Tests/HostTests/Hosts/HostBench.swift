import Foundation
import GalleryCore
import GalleryTesting
import GalleryWeb
import HTTPTypes
import Hummingbird
import Logging
import Synchronization

/// What a case needs besides its requests.
struct HostSetting: Sendable {
    /// The address that answers are written with; nil takes what the request says.
    var publicURL: String? = "https://pictures.example"
    /// The most bytes of a picture.
    var uploadBytes: Int64 = 1 << 30
    /// Whether the gallery is not ready.
    var isUnready = false
}

/// A gallery in memory whose clock stands and whose ids are the same each time.
final class HostBench: Sendable {
    static let logger: Logger = {
        var logger = Logger(label: "host test")
        logger.logLevel = .critical
        return logger
    }()

    let clock = FixedClock()
    let storage: MemoryImageStorage
    let gallery: Gallery
    private let setting: HostSetting

    init(_ setting: HostSetting) {
        let clock = clock
        let random = Mutex(SeededRandom(seed: 1))
        storage = MemoryImageStorage(now: { clock.now })
        self.setting = setting
        var gallery = Gallery(
            ports: (MemoryImageCatalog(), storage),
            limits: GalleryLimits(uploadBytes: setting.uploadBytes),
            access: (TicketSeal(secret: Array("0123456789abcdef".utf8)), AccessToken("owner-token-0123456789")),
            signals: IngestSignals(),
            logger: Self.logger,
            now: { clock.now }
        )
        gallery.makeID = { random.withLock { ImageID.random(using: &$0) } }
        self.gallery = gallery
    }

    /// Every route of the gallery, and some that show what a request was.
    func router<Context: RequestContext>(_ context: Context.Type) throws -> Router<Context> {
        let router = Router(context: context, options: .autoGenerateHeadEndpoints)
        try routes().add(to: router)
        EchoRoutes.add(to: router)
        return router
    }

    /// The gallery's routes.
    func routes() throws -> GalleryRoutes {
        var configuration = GalleryWebConfiguration(
            publicURL: setting.publicURL,
            allowedOrigins: ["https://blog.example"],
            hookSecret: HookSecret("hook-secret+0123456789")
        )
        if setting.isUnready {
            configuration.readinessChecks = [ReadinessCheck(name: "moon") { throw NotReady() }]
        }
        return GalleryRoutes(gallery: gallery, configuration: configuration)
    }
}

/// What an unready gallery fails with.
private struct NotReady: Error {}

/// The same numbers for the same seed (SplitMix64).
struct SeededRandom: RandomNumberGenerator, Sendable {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
