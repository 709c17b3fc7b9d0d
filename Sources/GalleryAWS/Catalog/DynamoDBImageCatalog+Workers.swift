import DynamoDB
package import GalleryCore

/// Who may send an upload, and who looks at it.
extension DynamoDBImageCatalog {
    package func bind(_ id: ImageID, to owner: OwnerID) async throws(GalleryError) {
        try await attempt("bind upload") {
            let end = moment(in: ImageCatalogLifetimes.bindingSeconds)
            let item = CatalogItem.attributes(
                CatalogKey.owner(id),
                [
                    CatalogItem.Name.owner: .string(owner.rawValue),
                    CatalogItem.Name.expiry: .integer(end.wholeSeconds),
                ]
            )
            _ = try await unlessRefused { () async throws(DynamoDBError) in
                try await client.put(item, in: table, if: .absent(CatalogKey.partition))
            }
        }
    }

    package func owner(of id: ImageID) async throws(GalleryError) -> OwnerID? {
        try await attempt("read binding") {
            guard let attributes = try await client.item(CatalogKey.owner(id), in: table) else { return nil }
            let item = try CatalogItem(attributes)
            return try item.isExpired(at: now())
                ? nil : try item.value(CatalogItem.Name.owner, OwnerID.init(rawValue:))
        }
    }

    package func lease(_ id: ImageID, to worker: WorkerID, seconds: Int) async throws(GalleryError) -> Bool {
        try await attempt("lease upload") {
            let end = moment(in: seconds)
            let item = CatalogItem.attributes(
                CatalogKey.lease(id),
                [
                    CatalogItem.Name.worker: .string(worker.rawValue),
                    CatalogItem.Name.end: .integer(end.milliseconds),
                    CatalogItem.Name.expiry: .integer(end.wholeSeconds),
                ]
            )
            let isFree =
                Condition.absent(CatalogKey.partition) || .less(CatalogItem.Name.end, .integer(now().milliseconds + 1))
            return try await unlessRefused { () async throws(DynamoDBError) in
                try await client.put(item, in: table, if: isFree || Self.isHeld(by: worker))
            }
        }
    }

    package func release(_ id: ImageID, by worker: WorkerID) async throws(GalleryError) {
        try await attempt("release upload") {
            _ = try await unlessRefused { () async throws(DynamoDBError) in
                try await client.delete(CatalogKey.lease(id), in: table, if: Self.isHeld(by: worker))
            }
        }
    }

    private static func isHeld(by worker: WorkerID) -> Condition {
        .equal(CatalogItem.Name.worker, .string(worker.rawValue))
    }
}
