import GRDB
import GalleryCore

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The table `rejection`: why an upload was refused.
enum RejectionRow {
    static func find(_ id: ImageID, in database: Database) throws -> Rejection? {
        let statement = try database.cachedStatement(sql: "SELECT reason, detail FROM rejection WHERE id = ?")
        guard let row = try Row.fetchOne(statement, arguments: [id.rawValue]),
            let reason = Rejection.Reason(rawValue: row["reason"])
        else { return nil }
        return Rejection(reason, detail: row["detail"])
    }

    static func insert(_ id: ImageID, _ rejection: Rejection, at time: Date, in database: Database) throws {
        try database.execute(
            sql: "INSERT OR REPLACE INTO rejection (id, reason, detail, createdAt) VALUES (?, ?, ?, ?)",
            arguments: [id.rawValue, rejection.reason.rawValue, rejection.detail, time.milliseconds]
        )
    }

    static func deleteAll(before time: Date, in database: Database) throws {
        try database.execute(sql: "DELETE FROM rejection WHERE createdAt < ?", arguments: [time.milliseconds])
    }
}
