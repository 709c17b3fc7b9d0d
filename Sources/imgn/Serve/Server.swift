import GalleryCore
import GalleryDisk
import GallerySQLite
import GalleryWeb
import HTTPEdge
import Hummingbird
import Logging
import NIOCore
import NIOPosix
import ObjectStore
import ServiceLifecycle
import SigV4

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The composition root of `imgn serve`: data folder, store, catalog, gallery, router, port.
struct Server {
    private static let bucketName = "imgn"
    /// First parts of the gallery's own addresses, which no bucket that a client makes may hide.
    private static let reservedBucketNames: Set<String> = [
        "api", "gallery", "healthz", "hooks", "images", "metrics", "openapi.yaml", "readyz", "renditions", "upload",
    ]

    private let configuration: ServeConfiguration
    private let logger: Logger

    init(_ configuration: ServeConfiguration) {
        self.configuration = configuration
        var logger = Logger(label: "imgn", factory: { StreamLogHandler.standardError(label: $0) })
        logger.logLevel = configuration.logLevel
        self.logger = logger
    }

    /// Serves until SIGTERM or SIGINT, then finishes the requests in flight.
    func run() async throws {
        let folder = configuration.dataFolder
        let lock = try takeDataFolder(folder)
        let keys = try StoreCredentials(path: folder + "/credentials").credentials
        let signals = IngestSignals()
        let store = try await openStore(signals)
        let gallery = try openGallery(store: store, keys: keys)
        let router = try makeRouter(gallery: gallery, store: store, keys: keys)
        let worker = IngestWorker(gallery: gallery, signals: signals, logger: logger)
        do {
            try await makeApplication(router, IngestService(worker: worker, signals: signals)).runService()
        } catch let error as IOError where error.errnoCode == EADDRINUSE {
            throw StartFailure.addressInUse(host: configuration.host, port: configuration.port)
        }
        _ = consume lock
    }

    private func takeDataFolder(_ folder: String) throws(StartFailure) -> FolderLock {
        do {
            try FileManager.default.createDirectory(
                atPath: folder,
                withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700]
            )
            if let lock = try FolderLock(folder: folder) { return lock }
        } catch {
            throw .dataFolder(path: folder, reason: "\(error)")
        }
        throw .dataFolderInUse(path: folder)
    }

    private func openStore(_ signals: IngestSignals) async throws(StartFailure) -> ObjectStore {
        guard let bucket = BucketName(rawValue: Self.bucketName) else { throw .store(reason: "bad bucket name") }
        let settings = ObjectStore.Configuration(
            directory: configuration.dataFolder + "/store",
            buckets: [bucket],
            keepFreeBytes: configuration.keepFree,
            onObjectCreated: { _, key in
                if let id = key.incomingID { signals.uploadArrived(id) }
            }
        )
        do {
            return try await ObjectStore.open(settings, pool: .singleton, logger: logger)
        } catch {
            throw .store(reason: "\(error)")
        }
    }

    private func openGallery(store: ObjectStore, keys: Credentials) throws(StartFailure) -> Gallery {
        guard let bucket = BucketName(rawValue: Self.bucketName) else { throw .store(reason: "bad bucket name") }
        let signer = Signer(credentials: keys, region: StoreCredentials.region)
        let now: @Sendable () -> Date = { Date() }
        do {
            let catalog = try SQLiteImageCatalog.open(path: configuration.dataFolder + "/catalog.sqlite", now: now)
            return Gallery(
                ports: (catalog, DiskImageStorage(store: store, bucket: bucket, signer: signer, now: now)),
                limits: GalleryLimits(uploadBytes: configuration.uploadLimit),
                seal: TicketSeal(secret: Data(keys.secretAccessKey.value.utf8)),
                logger: logger,
                now: now
            )
        } catch {
            throw .store(reason: "\(error)")
        }
    }

    private func makeRouter(gallery: Gallery, store: ObjectStore, keys: Credentials) throws -> Router<ServerContext> {
        let verifier = Verifier(region: StoreCredentials.region) { $0 == keys.accessKeyID ? keys : nil }
        let front = ObjectStoreFront(
            store: store,
            verifier: verifier,
            configuration: ObjectStoreFront.Configuration(
                region: StoreCredentials.region,
                reservedBucketNames: Self.reservedBucketNames
            ),
            now: { SigningDate(secondsSince1970: Int64(Date().timeIntervalSince1970)) }
        )
        let router = Router(context: ServerContext.self, options: .autoGenerateHeadEndpoints)
        router.add(middleware: RequestLogMiddleware())
        router.add(middleware: ContinueMiddleware())
        router.add(middleware: ObjectStoreMiddleware(front))
        try GalleryRoutes(gallery: gallery, configuration: GalleryWebConfiguration(publicURL: configuration.publicURL))
            .add(to: router)
        return router
    }

    private func makeApplication(
        _ router: Router<ServerContext>,
        _ ingest: IngestService
    ) -> some ApplicationProtocol {
        let edge = ConnectionGuardConfiguration(
            window: configuration.slowBodyTimeout,
            headersTooLarge: HeadersTooLargeAnswer.make
        )
        let host = configuration.host
        return Application(
            router: router,
            server: .http1(
                configuration: .init(
                    additionalChannelHandlers: [ConnectionGuard(edge)],
                    idleTimeout: .seconds(75)
                )
            ),
            configuration: ApplicationConfiguration(address: .hostname(host, port: configuration.port)),
            services: [ingest],
            onServerRunning: { channel in
                let port = channel.localAddress?.port ?? 0
                print("imgn is ready at http://\(host.contains(":") ? "[\(host)]" : host):\(port)")
                fflush(nil)
            },
            logger: logger
        )
    }
}
