import GRDB
import GalleryCore
import ImageMetadata

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// A row of the table `image`.
struct ImageRow {
    let position: Int64
    let image: GalleryImage

    private init(_ row: Row) throws {
        guard let id = ImageID(row["id"] as String), let format = ImageFormat(rawValue: row["format"]),
            let digest = ContentDigest(bytes: row["sha256"] as Data), let owner = Self.owner(row["owner"]),
            let details = ImageDetails(json: row["details"])
        else { throw DatabaseError(message: "image row \(row["position"] as Int64) holds no valid image") }
        position = row["position"]
        image = GalleryImage(
            id: id,
            name: FileName(row["name"]),
            header: (format, row["width"], row["height"]),
            content: (row["byteCount"], digest),
            owner: owner,
            createdAt: Date(milliseconds: row["createdAt"]),
            details: details
        )
    }

    /// The row of an image id, also when it is the id of a second upload of the same bytes.
    static func find(_ id: ImageID, in database: Database) throws -> ImageRow? {
        let sql = """
            SELECT * FROM image WHERE id = coalesce((SELECT imageID FROM alias WHERE id = :id), :id)
            """
        return try first(sql, ["id": id.rawValue], in: database)
    }

    /// The owner's row with these bytes.
    static func find(_ digest: ContentDigest, of owner: OwnerID?, in database: Database) throws -> ImageRow? {
        let sql = "SELECT * FROM image WHERE sha256 = :digest AND owner = :owner"
        return try first(sql, ["digest": Data(digest.bytes), "owner": text(of: owner)], in: database)
    }

    /// What already stands in the gallery for this id or these bytes.
    static func standing(for image: GalleryImage, in database: Database) throws -> ImageRow? {
        if let row = try find(image.id, in: database) { return row }
        return try find(image.digest, of: image.owner, in: database)
    }

    /// The newest rows below a position, at most `limit`.
    static func page(below position: Int64, limit: Int, in database: Database) throws -> [ImageRow] {
        let statement = try database.cachedStatement(
            sql: "SELECT * FROM image WHERE position < ? ORDER BY position DESC LIMIT ?"
        )
        return try Row.fetchAll(statement, arguments: [position, limit]).map(ImageRow.init)
    }

    static func insert(_ image: GalleryImage, in database: Database) throws {
        try database.cachedStatement(
            sql: """
                INSERT INTO image (id, sha256, owner, name, format, width, height, byteCount, createdAt, details)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """
        ).execute(arguments: [
            image.id.rawValue, Data(image.digest.bytes), text(of: image.owner), image.name.description,
            image.format.rawValue, image.width, image.height, image.byteCount, image.createdAt.milliseconds,
            image.details.json,
        ])
    }

    /// Replaces what is known of the public files; other columns stay.
    static func update(_ image: GalleryImage, in database: Database) throws {
        try database.cachedStatement(
            sql: "UPDATE image SET format = ?, width = ?, height = ?, byteCount = ?, details = ? WHERE id = ?"
        ).execute(arguments: [
            image.format.rawValue, image.width, image.height, image.byteCount, image.details.json, image.id.rawValue,
        ])
    }

    /// Makes `id` lead to `imageID`; nothing to do when they are the same.
    static func insertAlias(_ id: ImageID, of imageID: ImageID, in database: Database) throws {
        guard id != imageID else { return }
        try database.execute(
            sql: "INSERT OR IGNORE INTO alias (id, imageID) VALUES (?, ?)",
            arguments: [id.rawValue, imageID.rawValue]
        )
    }

    /// How an owner stands in a column; empty for nobody.
    static func text(of owner: OwnerID?) -> String { owner?.rawValue ?? "" }

    /// The owner in a column, `nil` inside for nobody; `nil` when the text is neither.
    private static func owner(_ text: String) -> OwnerID?? {
        if text.isEmpty { return .some(nil) }
        return OwnerID(rawValue: text).map { .some($0) }
    }

    private static func first(_ sql: String, _ arguments: StatementArguments, in database: Database) throws -> ImageRow?
    {
        try Row.fetchOne(try database.cachedStatement(sql: sql), arguments: arguments).map(ImageRow.init)
    }
}

extension Date {
    init(milliseconds: Int64) {
        self.init(timeIntervalSince1970: Double(milliseconds) / 1000)
    }

    var milliseconds: Int64 { Int64((timeIntervalSince1970 * 1000).rounded()) }
}
