package import DynamoDB
package import GalleryCore

#if canImport(FoundationEssentials)
    package import FoundationEssentials
#else
    package import Foundation
#endif

/// The catalog in one table of DynamoDB, which any number of processes share.
///
/// A picture is three items that come and go together, in one transaction: what became of the upload, whose bytes they
/// are, and the place in the gallery. Reads are consistent: what was written is seen. Decision 14 says why so.
package struct DynamoDBImageCatalog: ImageCatalog {
    let client: DynamoDBClient
    let table: TableName
    let now: @Sendable () -> Date
    let positions = FeedPositions()
    package let isShared = true

    /// How often a call begins anew because others changed what it had read.
    static let maximumRounds = 8

    /// Makes a catalog; nothing is sent yet.
    ///
    /// - Parameters:
    ///   - client: Talks to DynamoDB.
    ///   - table: The table; see ``makeTable()``.
    ///   - now: The clock.
    package init(_ client: DynamoDBClient, table: TableName, now: @escaping @Sendable () -> Date) {
        self.client = client
        self.table = table
        self.now = now
    }

    /// Throws when there is no such table, or it is none for a catalog.
    package func checkTable() async throws(GalleryError) {
        try await attempt("look at the table") {
            guard let description = try await client.describe(table) else {
                throw CatalogItem.Damage("there is no table \(table) in this region")
            }
            guard description.keys == [CatalogKey.partition, CatalogKey.sort] else {
                throw CatalogItem.Damage(
                    "the table \(table) has the key \(description.keys.joined(separator: ", ")), not pk, sk"
                )
            }
            guard description.isUsable else {
                throw CatalogItem.Damage("the table \(table) is \(description.status), not ACTIVE")
            }
        }
    }

    /// Makes the table, for a trial; one that is there stays as it is.
    package func makeTable() async throws(GalleryError) {
        try await attempt("make the table") {
            do throws(DynamoDBError) {
                try await client.create(table, partition: CatalogKey.partition, sort: CatalogKey.sort)
            } catch .tableInUse {
                return
            }
            try await client.expireItems(by: CatalogItem.Name.expiry, in: table)
        }
    }

    package func state(of id: ImageID) async throws(GalleryError) -> ImageState? {
        try await attempt("read image") {
            switch try await record(of: id) {
            case .picture(let entry): .ready(entry.image)
            case .alias(let picture): try await entry(of: picture).map { .ready($0.image) }
            case .rejection(let rejection): .rejected(rejection)
            case nil: nil
            }
        }
    }

    package func image(
        with digest: ContentDigest,
        of owner: OwnerID?
    ) async throws(GalleryError) -> GalleryImage? {
        try await attempt("look up digest") { try await entry(with: digest, of: owner)?.image }
    }
}

// MARK: Looking

extension DynamoDBImageCatalog {
    /// What is known of an upload.
    func record(of id: ImageID) async throws -> CatalogRecord? {
        try await client.item(CatalogKey.image(id), in: table).flatMap { try CatalogRecord($0, at: now()) }
    }

    /// The picture with this very id.
    func entry(of id: ImageID) async throws -> FeedEntry? {
        guard case .picture(let entry) = try await record(of: id) else { return nil }
        return entry
    }

    /// The owner's picture with these bytes.
    func entry(with digest: ContentDigest, of owner: OwnerID?) async throws -> FeedEntry? {
        guard let item = try await client.item(CatalogKey.digest(digest, of: owner), in: table) else { return nil }
        return try await entry(of: try CatalogItem(item).value(CatalogItem.Name.id) { ImageID($0) })
    }

    /// Does all writes or none; false when a condition did not hold.
    func transact(_ writes: [TransactionItem]) async throws(DynamoDBError) -> Bool {
        do throws(DynamoDBError) {
            try await client.transact(writes, in: table, token: UUID().uuidString)
            return true
        } catch .transactionRefused(let reasons) where reasons.contains(.conditionFailed) {
            return false
        }
    }

    /// Does a write; false when its condition did not hold.
    func unlessRefused(_ write: () async throws(DynamoDBError) -> Void) async throws(DynamoDBError) -> Bool {
        do throws(DynamoDBError) {
            try await write()
            return true
        } catch .conditionFailed {
            return false
        }
    }

    /// Runs a piece of work, and says its failure in the gallery's words.
    func attempt<Result>(_ operation: String, _ work: () async throws -> Result) async throws(GalleryError) -> Result {
        do {
            return try await work()
        } catch {
            throw GalleryError(error, during: operation)
        }
    }

    /// The moment some seconds from now.
    func moment(in seconds: Int) -> Date { now().addingTimeInterval(TimeInterval(seconds)) }

    /// Why a call gave up that began anew too often.
    static let crowd = CatalogItem.Damage("others kept changing the same items")
}
