import DynamoDB
package import GalleryCore

extension DynamoDBImageCatalog {
    package func publish(_ image: GalleryImage) async throws(GalleryError) -> GalleryImage {
        try await attempt("publish image") {
            var gone: ImageID?
            for _ in 0..<Self.maximumRounds {
                if try await enter(image, overAliasOf: gone) { return image }
                switch try await record(of: image.id) {
                case .picture(let entry): return entry.image
                case .alias(let picture):
                    if let entry = try await entry(of: picture) { return entry.image }
                    gone = picture
                case .rejection, nil: break
                }
                if let entry = try await entry(with: image.digest, of: image.owner),
                    try await link(image.id, to: entry)
                {
                    return entry.image
                }
            }
            throw Self.crowd
        }
    }

    package func lead(
        _ id: ImageID,
        to digest: ContentDigest,
        of owner: OwnerID?
    ) async throws(GalleryError) -> GalleryImage? {
        try await attempt("look up digest") {
            for _ in 0..<Self.maximumRounds {
                guard let entry = try await entry(with: digest, of: owner) else { return nil }
                if entry.image.id == id { return entry.image }
                if try await link(id, to: entry) { return entry.image }
                // A published id stays published.
                if let own = try await self.entry(of: id) { return own.image }
            }
            throw Self.crowd
        }
    }

    package func update(_ image: GalleryImage) async throws(GalleryError) -> Bool {
        try await attempt("update image") {
            for _ in 0..<Self.maximumRounds {
                guard let entry = try await entry(of: image.id) else { return false }
                let updated = FeedEntry(position: entry.position, image: image)
                let isDone = try await transact([
                    .put(CatalogRecord.item(picture: updated), if: CatalogRecord.isPicture(at: entry.position)),
                    .put(updated.feedItem, if: .equal(CatalogItem.Name.id, .string(image.id.rawValue))),
                ])
                if isDone { return true }
            }
            throw Self.crowd
        }
    }

    package func reject(_ id: ImageID, _ rejection: Rejection) async throws(GalleryError) {
        try await attempt("reject image") {
            let end = moment(in: ImageCatalogLifetimes.rejectionSeconds)
            let item = CatalogRecord.item(rejected: id, rejection, until: end)
            var gone: ImageID?
            for _ in 0..<2 {
                let condition = CatalogRecord.isVacant(orLeadsTo: gone)
                let isDone = try await unlessRefused { () async throws(DynamoDBError) in
                    try await client.put(item, in: table, if: condition)
                }
                guard !isDone, case .alias(let picture) = try await record(of: id),
                    try await entry(of: picture) == nil
                else { return }
                gone = picture
            }
        }
    }

    /// Enters a new picture; false when its id, its bytes, or its place are taken.
    private func enter(_ image: GalleryImage, overAliasOf gone: ImageID?) async throws -> Bool {
        let entry = FeedEntry(position: positions.next(atMilliseconds: now().milliseconds), image: image)
        let bytes = CatalogItem.attributes(
            CatalogKey.digest(image.digest, of: image.owner),
            [CatalogItem.Name.id: .string(image.id.rawValue)]
        )
        return try await transact([
            .put(CatalogRecord.item(picture: entry), if: CatalogRecord.isVacant(orLeadsTo: gone)),
            .put(bytes, if: .absent(CatalogKey.partition)),
            .put(entry.feedItem, if: .absent(CatalogKey.partition)),
        ])
    }

    /// Makes an id lead to a picture; false when that is gone, or the id is a picture's own.
    private func link(_ id: ImageID, to entry: FeedEntry) async throws -> Bool {
        let picture = entry.image.id
        return try await transact([
            .check(CatalogKey.image(picture), CatalogRecord.isPicture(at: entry.position)),
            .put(CatalogRecord.item(alias: id, of: picture), if: CatalogRecord.isNoPicture),
            .put(CatalogItem.attributes(CatalogKey.alias(id, of: picture), [:])),
        ])
    }
}
