import GRDB
package import GalleryCore

#if canImport(FoundationEssentials)
    package import FoundationEssentials
#else
    package import Foundation
#endif

/// The catalog in one SQLite file: WAL, one writer, many readers.
package struct SQLiteImageCatalog: ImageCatalog {
    /// How long a refusal is remembered.
    private static let rejectionLifetime = TimeInterval(ImageCatalogLifetimes.rejectionSeconds)

    private let pool: DatabasePool
    private let now: @Sendable () -> Date
    private let leases = LeaseBook()
    /// One process at a time has the data folder.
    package let isShared = false

    /// Opens the file, makes it when it is not there, and brings its schema up to date.
    ///
    /// - Parameters:
    ///   - path: The database file; `-wal` and `-shm` stand beside it.
    ///   - now: The clock.
    /// - Returns: The catalog, ready for use.
    /// - Throws: `storageUnavailable` when the file cannot be opened, is no database, or is of a newer imgn.
    package static func open(
        path: String,
        now: @escaping @Sendable () -> Date
    ) throws(GalleryError) -> SQLiteImageCatalog {
        do {
            var configuration = Configuration()
            configuration.busyMode = .timeout(10)
            // A commit must survive a power cut: after it ingest drops the upload. WAL's default, NORMAL, may lose the
            // last ones.
            configuration.prepareDatabase { try $0.execute(sql: "PRAGMA synchronous = FULL") }
            let pool = try DatabasePool(path: path, configuration: configuration)
            let migrator = CatalogSchema.migrator
            guard try pool.read(migrator.hasBeenSuperseded) == false else {
                throw DatabaseError(message: "\(path) was written by a newer imgn: start that one, or restore a backup")
            }
            try migrator.migrate(pool)
            return SQLiteImageCatalog(pool: pool, now: now)
        } catch {
            throw .storageUnavailable(operation: "open catalog", underlying: error)
        }
    }

    package func publish(_ image: GalleryImage) async throws(GalleryError) -> GalleryImage {
        try await translating("publish image") {
            try await pool.write { database in
                if let standing = try ImageRow.standing(for: image, in: database) {
                    try ImageRow.insertAlias(image.id, of: standing.image.id, in: database)
                    return standing.image
                }
                try ImageRow.insert(image, in: database)
                try database.execute(sql: "DELETE FROM rejection WHERE id = ?", arguments: [image.id.rawValue])
                return image
            }
        }
    }

    package func lead(
        _ id: ImageID,
        to digest: ContentDigest,
        of owner: OwnerID?
    ) async throws(GalleryError) -> GalleryImage? {
        try await translating("look up digest") {
            try await pool.write { database in
                guard let standing = try ImageRow.find(digest, of: owner, in: database) else { return nil }
                try ImageRow.insertAlias(id, of: standing.image.id, in: database)
                return standing.image
            }
        }
    }

    package func bind(_ id: ImageID, to owner: OwnerID) async throws(GalleryError) {
        let time = now()
        try await translating("bind upload") {
            try await pool.write { try BindingRow.insert(id, owner, at: time, in: $0) }
        }
    }

    package func owner(of id: ImageID) async throws(GalleryError) -> OwnerID? {
        try await translating("read binding") {
            try await pool.read { try BindingRow.find(id, in: $0) }
        }
    }

    package func lease(_ id: ImageID, to worker: WorkerID, seconds: Int) async throws(GalleryError) -> Bool {
        leases.lease(id, to: worker, from: now(), seconds: seconds)
    }

    package func release(_ id: ImageID, by worker: WorkerID) async throws(GalleryError) {
        leases.release(id, by: worker)
    }

    package func reject(_ id: ImageID, _ rejection: Rejection) async throws(GalleryError) {
        let time = now()
        try await translating("reject image") {
            try await pool.write { database in
                guard try ImageRow.find(id, in: database) == nil else { return }
                try RejectionRow.insert(id, rejection, at: time, in: database)
                try RejectionRow.deleteAll(before: time.addingTimeInterval(-Self.rejectionLifetime), in: database)
            }
        }
    }

    package func update(_ image: GalleryImage) async throws(GalleryError) -> Bool {
        try await translating("update image") {
            try await pool.write { database in
                try ImageRow.update(image, in: database)
                return database.changesCount > 0
            }
        }
    }

    package func remove(_ id: ImageID) async throws(GalleryError) {
        try await translating("remove image") {
            try await pool.write { database in
                // Aliases go with it (ON DELETE CASCADE).
                try database.execute(sql: "DELETE FROM image WHERE id = ?", arguments: [id.rawValue])
            }
        }
    }

    package func state(of id: ImageID) async throws(GalleryError) -> ImageState? {
        try await translating("read image") {
            try await pool.read { database in
                if let row = try ImageRow.find(id, in: database) { return .ready(row.image) }
                return try RejectionRow.find(id, in: database).map(ImageState.rejected)
            }
        }
    }

    package func image(
        with digest: ContentDigest,
        of owner: OwnerID?
    ) async throws(GalleryError) -> GalleryImage? {
        try await translating("look up digest") {
            try await pool.read { try ImageRow.find(digest, of: owner, in: $0)?.image }
        }
    }

    package func page(after cursor: PageCursor?, limit: Int) async throws(GalleryError) -> ImagePage {
        try await translating("read page") {
            try await pool.read { database in
                let rows = try ImageRow.page(below: cursor?.position ?? .max, limit: limit + 1, in: database)
                let shown = rows.prefix(limit)
                let next = rows.count > limit ? shown.last.map { PageCursor(position: $0.position) } : nil
                return ImagePage(images: shown.map(\.image), next: next)
            }
        }
    }

    /// Closes the file.
    ///
    /// Calls after that fail.
    package func close() throws {
        try pool.close()
    }

    private func translating<Value>(
        _ operation: String,
        _ body: () async throws -> Value
    ) async throws(GalleryError) -> Value {
        do {
            return try await body()
        } catch DatabaseError.SQLITE_FULL {
            throw .storageFull
        } catch {
            throw .storageUnavailable(operation: operation, underlying: error)
        }
    }
}
