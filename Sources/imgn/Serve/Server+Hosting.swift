import AWSTransport
import GalleryAWS
import GalleryCore
import GalleryHosting
import GallerySQLite
import GalleryWeb
import ObjectStore
import SigV4

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// What a gallery stands on: the data folder, stores elsewhere, or both.
extension Server {
    /// Where pictures and their index are kept, and what that means for browsers and requests.
    struct Hosting {
        let place: Place
        let catalog: any ImageCatalog
        let seal: TicketSeal
        /// Who may upload, and where people sign in.
        let access: (gate: UploadGate, signIn: (any SignInGuide)?)

        var storage: any ImageStorage { place.storage }
    }

    /// Where pictures are kept.
    struct Place {
        let storage: any ImageStorage
        var origins = StorageOrigins()
        /// Answers requests for the embedded store before the router sees them.
        var store: ObjectStoreMiddleware<ServerContext>?
    }

    /// Opens everything, for as long as the body runs.
    ///
    /// The data folder is taken only when something is kept in it: replicas that share storage and catalog have none.
    func withHosting(_ signals: IngestSignals, _ body: (Hosting) async throws -> Void) async throws {
        let isShared = configuration.gallery.storage != nil && configuration.gallery.catalog != nil
        let lock = isShared ? nil : try takeDataFolder(configuration.dataFolder)
        let keys = isShared ? nil : try StoreCredentials(path: configuration.dataFolder + "/credentials").credentials
        try await AsyncHTTPClientExchange.withExchange { http in
            let hosting = Hosting(
                place: try await openPlace(keys, http, signals),
                catalog: try await openCatalog(http),
                seal: try seal(keys),
                access: openAccess(http)
            )
            try await body(hosting)
        }
        _ = consume lock
    }

    private func openPlace(
        _ keys: Credentials?,
        _ http: AsyncHTTPClientExchange,
        _ signals: IngestSignals
    ) async throws(StartFailure) -> Place {
        if let storage = configuration.gallery.storage {
            let external = ExternalStorage(storage, environment: .process, http: http, logger: logger)
            do {
                return Place(storage: try await external.open(logger: logger), origins: external.origins)
            } catch {
                throw .storage(error)
            }
        }
        guard let keys else { throw .store(reason: "the embedded store has no keys") }
        return try await embeddedStore(keys, signals)
    }

    /// The table that is shared, if any.
    private func table(_ http: AsyncHTTPClientExchange) -> DynamoDBImageCatalog? {
        configuration.gallery.catalog.map { table in
            ExternalCatalog(table, environment: .process, http: http, logger: logger).catalog
        }
    }

    private func openCatalog(_ http: AsyncHTTPClientExchange) async throws(StartFailure) -> any ImageCatalog {
        if let table = configuration.gallery.catalog {
            do {
                return try await ExternalCatalog(table, environment: .process, http: http, logger: logger).open()
            } catch {
                throw .catalog(error)
            }
        }
        do {
            return try SQLiteImageCatalog.open(path: configuration.dataFolder + "/catalog.sqlite", now: { Date() })
        } catch {
            throw .store(reason: "\(error)")
        }
    }

    private func openAccess(_ http: AsyncHTTPClientExchange) -> (gate: UploadGate, signIn: (any SignInGuide)?) {
        let access = configuration.gallery.access
        return access.open(
            operatorToken: configuration.gallery.owner,
            table: table(http),
            http: http,
            now: { Date() }
        )
    }

    /// The seal that was chosen; on one machine, the store's own keys make one.
    private func seal(_ keys: Credentials?) throws(StartFailure) -> TicketSeal {
        if let seal = configuration.gallery.seal { return seal }
        guard let keys else { throw .configuration(["IMGN_SEAL_SECRET is missing"]) }
        return TicketSeal(secret: Data(keys.secretAccessKey.value.utf8))
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
}
