import GRDB
import GalleryCore

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The table `binding`: whose an upload is.
enum BindingRow {
    static func find(_ id: ImageID, in database: Database) throws -> OwnerID? {
        let statement = try database.cachedStatement(sql: "SELECT owner FROM binding WHERE id = ?")
        guard let text = try String.fetchOne(statement, arguments: [id.rawValue]) else { return nil }
        guard let owner = OwnerID(rawValue: text) else {
            throw DatabaseError(message: "the binding of \(id) names no owner")
        }
        return owner
    }

    /// Adds a row, unless the id has one; and drops those that nobody can need any more.
    static func insert(_ id: ImageID, _ owner: OwnerID, at time: Date, in database: Database) throws {
        try database.execute(
            sql: "INSERT OR IGNORE INTO binding (id, owner, createdAt) VALUES (?, ?, ?)",
            arguments: [id.rawValue, owner.rawValue, time.milliseconds]
        )
        let oldest = time.addingTimeInterval(-TimeInterval(ImageCatalogLifetimes.bindingSeconds))
        try database.execute(sql: "DELETE FROM binding WHERE createdAt < ?", arguments: [oldest.milliseconds])
    }
}
