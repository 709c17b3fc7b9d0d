import DynamoDB
package import GalleryCore

extension DynamoDBImageCatalog {
    package func remove(_ id: ImageID) async throws(GalleryError) {
        try await attempt("remove image") {
            guard try await take(id) else { throw Self.crowd }
            // From here on nobody can make another id lead to it.
            try await forgetAliases(of: id)
        }
    }

    /// Takes the picture's three items away, if there are any; false when others kept changing them.
    private func take(_ id: ImageID) async throws -> Bool {
        for _ in 0..<Self.maximumRounds {
            guard let entry = try await entry(of: id) else { return true }
            let image = entry.image
            let isOurs = Condition.equal(CatalogItem.Name.id, .string(id.rawValue))
            let isDone = try await transact([
                .delete(CatalogKey.image(id), if: CatalogRecord.isPicture(at: entry.position)),
                .delete(
                    CatalogKey.digest(image.digest, of: image.owner),
                    if: .absent(CatalogKey.partition) || isOurs
                ),
                .delete(CatalogKey.feed(at: entry.position)),
            ])
            if isDone { return true }
        }
        return false
    }

    /// Takes away what leads to a picture that is gone: each id first, then the note that there was one, so that it can
    /// be done again.
    private func forgetAliases(of id: ImageID) async throws {
        let aliases = (CatalogKey.partition, CatalogKey.image(id)[CatalogKey.partition] ?? .null)
        var query = Query(
            KeyCondition(aliases, (CatalogKey.sort, .prefix(CatalogKey.aliasPrefix))),
            in: table
        )
        repeat {
            let page = try await client.page(query)
            for item in page.items {
                guard let text = item[CatalogKey.sort]?.string,
                    let alias = ImageID(String(text.dropFirst(CatalogKey.aliasPrefix.count)))
                else { throw CatalogItem.Damage("an alias of \(id) has no usable key") }
                _ = try await unlessRefused { () async throws(DynamoDBError) in
                    try await client.delete(CatalogKey.image(alias), in: table, if: CatalogRecord.leads(to: id))
                }
                try await client.delete(CatalogKey.alias(alias, of: id), in: table)
            }
            query.start = page.lastKey
        } while query.start != nil
    }
}
