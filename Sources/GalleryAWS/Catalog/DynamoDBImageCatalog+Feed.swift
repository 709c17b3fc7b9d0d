import DynamoDB
package import GalleryCore

extension DynamoDBImageCatalog {
    package func page(after cursor: PageCursor?, limit: Int) async throws(GalleryError) -> ImagePage {
        try await attempt("read page") {
            // One more than is shown tells whether there is a next page.
            var merge = FeedMerge(
                shardCount: CatalogKey.shardCount,
                below: cursor?.position ?? .max,
                wanted: limit + 1
            )
            while true {
                let requests = merge.requests
                guard !requests.isEmpty else { break }
                for part in try await read(requests) {
                    try merge.receive(part.entries, isLast: part.isLast, for: part.request)
                }
            }
            let shown = merge.merged.prefix(limit)
            let next = merge.merged.count > limit ? shown.last.map { PageCursor(position: $0.position) } : nil
            return ImagePage(images: shown.map(\.image), next: next)
        }
    }

    private typealias Part = (request: FeedMerge.Request, entries: [FeedEntry], isLast: Bool)

    /// Reads parts of the order at the same time.
    private func read(_ requests: [FeedMerge.Request]) async throws -> [Part] {
        try await withThrowingTaskGroup(of: Part.self) { group in
            for request in requests { group.addTask { try await self.read(request) } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
    }

    private func read(_ request: FeedMerge.Request) async throws -> Part {
        let partition = (CatalogKey.partition, AttributeValue.string(CatalogKey.feed(shard: request.shard)))
        let bound = AttributeValue.string(CatalogKey.feedSort(request.below))
        var query = Query(KeyCondition(partition, (CatalogKey.sort, .below(bound))), in: table)
        query.isDescending = true
        query.limit = request.limit
        let page = try await client.page(query)
        guard page.items.count <= request.limit else { throw FeedMerge.Disorder() }
        return (request, try page.items.map { try FeedEntry(CatalogItem($0)) }, page.lastKey == nil)
    }
}
