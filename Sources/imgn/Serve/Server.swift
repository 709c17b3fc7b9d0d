import AWSTransport
import GalleryAWS
import GalleryCore
import GalleryHosting
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

/// The composition root of `imgn serve`: data folder, storage, catalog, gallery, router, port.
struct Server {
    let configuration: ServeConfiguration
    let logger: Logger

    init(_ configuration: ServeConfiguration) {
        self.configuration = configuration
        var logger = Logger(label: "imgn", factory: { StreamLogHandler.standardError(label: $0) })
        logger.logLevel = configuration.gallery.logLevel
        self.logger = logger
    }

    /// Where pictures are kept, and what that means for browsers and requests.
    struct Hosting {
        let storage: any ImageStorage
        var origins = StorageOrigins()
        /// Answers requests for the embedded store before the router sees them.
        var store: ObjectStoreMiddleware<ServerContext>?
    }

    /// Serves until SIGTERM or SIGINT, then finishes the requests in flight.
    func run() async throws {
        let signals = IngestSignals()
        try await withHosting(signals) { hosting, keys in try await serve(hosting, keys: keys, signals: signals) }
    }

    /// Looks at what waits and tidies up, once.
    func sweep() async throws {
        let signals = IngestSignals()
        try await withHosting(signals) { hosting, keys in
            let gallery = try openGallery(on: hosting.storage, keys: keys, signals: signals)
            let failures: Int
            do {
                failures = try await worker(gallery, signals).sweep()
            } catch {
                throw StartFailure.sweep(reason: "\(error)")
            }
            guard failures == 0 else {
                throw StartFailure.sweep(reason: "\(failures) could not be looked at, the log says why")
            }
        }
    }

    /// Takes the data folder and opens the storage, for as long as the body runs.
    private func withHosting(
        _ signals: IngestSignals,
        _ body: (Hosting, Credentials) async throws -> Void
    ) async throws {
        let lock = try takeDataFolder(configuration.dataFolder)
        let keys = try StoreCredentials(path: configuration.dataFolder + "/credentials").credentials
        if let storage = configuration.gallery.storage {
            try await AsyncHTTPClientExchange.withExchange { http in
                let external = ExternalStorage(storage, environment: .process, http: http, logger: logger)
                let hosting = Hosting(storage: try await open(external), origins: external.origins)
                try await body(hosting, keys)
            }
        } else {
            try await body(try await embeddedStore(keys, signals), keys)
        }
        _ = consume lock
    }

    private func open(_ external: ExternalStorage) async throws(StartFailure) -> S3ImageStorage {
        do {
            return try await external.open(logger: logger)
        } catch {
            throw .storage(error)
        }
    }

    private func serve(_ hosting: Hosting, keys: Credentials, signals: IngestSignals) async throws {
        let gallery = try openGallery(on: hosting.storage, keys: keys, signals: signals)
        let router = try makeRouter(gallery: gallery, hosting: hosting)
        let ingest = IngestService(worker: worker(gallery, signals), signals: signals)
        do {
            try await makeApplication(router, configuration.role.ingests ? [ingest] : []).runService()
        } catch let error as IOError where error.errnoCode == EADDRINUSE {
            throw StartFailure.addressInUse(host: configuration.host, port: configuration.port)
        }
    }

    private func worker(_ gallery: Gallery, _ signals: IngestSignals) -> IngestWorker {
        IngestWorker(
            gallery: gallery,
            signals: signals,
            configuration: .init(sweepInterval: configuration.sweepInterval),
            logger: logger
        )
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

    private func openGallery(
        on storage: any ImageStorage,
        keys: Credentials,
        signals: IngestSignals
    ) throws(StartFailure) -> Gallery {
        let now: @Sendable () -> Date = { Date() }
        do {
            let catalog = try SQLiteImageCatalog.open(path: configuration.dataFolder + "/catalog.sqlite", now: now)
            var gallery = Gallery(
                ports: (catalog, storage),
                limits: GalleryLimits(uploadBytes: configuration.gallery.uploadLimit),
                access: (
                    configuration.gallery.seal ?? TicketSeal(secret: Data(keys.secretAccessKey.value.utf8)),
                    configuration.gallery.owner
                ),
                signals: configuration.role.ingests ? signals : nil,
                logger: logger,
                now: now
            )
            if !configuration.role.ingests { gallery.ingestPlace = .elsewhere(patience: .seconds(20)) }
            return gallery
        } catch {
            throw .store(reason: "\(error)")
        }
    }

    private func makeRouter(gallery: Gallery, hosting: Hosting) throws -> Router<ServerContext> {
        let router = Router(context: ServerContext.self, options: .autoGenerateHeadEndpoints)
        router.add(middleware: RequestLogMiddleware(unrouted: "object store"))
        router.add(middleware: ContinueMiddleware())
        if let store = hosting.store { router.add(middleware: store) }
        let web = configuration.gallery.web(origins: hosting.origins)
        let routes = try GalleryRoutes(gallery: gallery, configuration: web)
        if configuration.role == .worker { routes.addForWorkers(to: router) } else { routes.add(to: router) }
        return router
    }

    private func makeApplication(
        _ router: Router<ServerContext>,
        _ services: [any Service]
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
            services: services,
            onServerRunning: { channel in
                let port = channel.localAddress?.port ?? 0
                print("imgn is ready at http://\(host.contains(":") ? "[\(host)]" : host):\(port)")
                fflush(nil)
            },
            logger: logger
        )
    }
}
