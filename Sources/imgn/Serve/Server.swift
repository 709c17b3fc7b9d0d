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

    /// Serves until SIGTERM or SIGINT, then finishes the requests in flight.
    func run() async throws {
        let signals = IngestSignals()
        try await withMaker { maker in
            try await withHosting(signals) { hosting in
                let gallery = makeGallery(on: hosting, maker, signals: signals)
                try await serve(gallery, on: hosting, signals: signals)
            }
        }
    }

    /// Looks at what waits and tidies up, once.
    func sweep() async throws {
        let signals = IngestSignals()
        try await withMaker { maker in
            try await withHosting(signals) { hosting in
                try await sweep(makeGallery(on: hosting, maker, signals: signals), signals)
            }
        }
    }

    /// Makes public files anew, once; false when some could not be made.
    func rebuild(_ run: RebuildRun) async throws -> Bool {
        guard configuration.gallery.ingest.makesRenditions else { throw StartFailure.noRenditions }
        let signals = IngestSignals()
        var isWhole = true
        try await withMaker { maker in
            try await withHosting(signals) { hosting in
                isWhole = try await run.run(on: makeGallery(on: hosting, maker, signals: signals), RebuildConsole())
            }
        }
        return isWhole
    }

    private func sweep(_ gallery: Gallery, _ signals: IngestSignals) async throws(StartFailure) {
        let failures: Int
        do {
            failures = try await worker(gallery, signals).sweep()
        } catch {
            throw .sweep(reason: "\(error)")
        }
        guard failures == 0 else { throw .sweep(reason: "\(failures) could not be looked at, the log says why") }
    }

    private func serve(_ gallery: Gallery, on hosting: Hosting, signals: IngestSignals) async throws {
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

    private func makeGallery(on hosting: Hosting, _ maker: any RenditionMaker, signals: IngestSignals) -> Gallery {
        var gallery = Gallery(
            ports: (hosting.catalog, hosting.storage),
            limits: configuration.gallery.limits,
            access: (hosting.seal, configuration.gallery.owner),
            signals: configuration.role.ingests ? signals : nil,
            logger: logger,
            now: { Date() }
        )
        gallery.maker = maker
        gallery.keepsOriginals = configuration.gallery.ingest.keepsOriginals
        if !configuration.role.ingests { gallery.ingestPlace = .elsewhere(patience: .seconds(20)) }
        return gallery
    }

    private func makeRouter(gallery: Gallery, hosting: Hosting) throws -> Router<ServerContext> {
        let router = Router(context: ServerContext.self, options: .autoGenerateHeadEndpoints)
        router.add(middleware: RequestLogMiddleware(unrouted: "object store"))
        router.add(middleware: ContinueMiddleware())
        if let store = hosting.place.store { router.add(middleware: store) }
        let web = configuration.gallery.web(origins: hosting.place.origins, access: hosting.access)
        let routes = GalleryRoutes(gallery: gallery, configuration: web)
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
