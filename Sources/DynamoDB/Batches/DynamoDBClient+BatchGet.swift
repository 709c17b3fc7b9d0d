extension DynamoDBClient {
    /// The most items that DynamoDB reads in one request.
    package static let itemsPerBatchRead = 100

    /// Reads many items as they are now, in no order; those that are not there are left out.
    ///
    /// What DynamoDB puts off is asked for again, with growing waits.
    ///
    /// - Parameters:
    ///   - keys: The items' keys, all different.
    ///   - table: The table.
    /// - Returns: The items.
    /// - Throws: ``DynamoDBError``; `unprocessed` when some were put off too often.
    package func items(_ keys: [Item], in table: TableName) async throws(DynamoDBError) -> [Item] {
        var found: [Item] = []
        for start in stride(from: 0, to: keys.count, by: Self.itemsPerBatchRead) {
            let batch = Array(keys[start..<min(start + Self.itemsPerBatchRead, keys.count)])
            try await inRounds(batch) { (keys: [Item]) async throws(DynamoDBError) -> [Item] in
                let answer = try await read(keys, in: table)
                found += answer.items[table.rawValue] ?? []
                return answer.unprocessed?[table.rawValue]?.keys ?? []
            }
        }
        return found
    }

    private func read(_ keys: [Item], in table: TableName) async throws(DynamoDBError) -> BatchGetAnswer {
        let wanted: RequestDocument = ["Keys": .list(keys.map { .item($0) }), "ConsistentRead": .flag(true)]
        let answer: BatchGetAnswer = try await call("BatchGetItem", ["RequestItems": .object([table.rawValue: wanted])])
        let count = (answer.items[table.rawValue]?.count ?? 0) + (answer.unprocessed?[table.rawValue]?.keys.count ?? 0)
        guard count <= keys.count else { throw .badAnswer("more items than were asked for") }
        return answer
    }
}

private struct BatchGetAnswer: Decodable, Sendable {
    struct Keys: Decodable, Sendable {
        let keys: [Item]

        enum CodingKeys: String, CodingKey {
            case keys = "Keys"
        }
    }

    let items: [String: [Item]]
    let unprocessed: [String: Keys]?

    enum CodingKeys: String, CodingKey {
        case items = "Responses"
        case unprocessed = "UnprocessedKeys"
    }
}
