extension DynamoDBClient {
    /// Reads one item as it is now, after all writes that were acknowledged.
    ///
    /// - Parameters:
    ///   - key: The item's key.
    ///   - table: The table.
    /// - Returns: The item, `nil` when there is none.
    /// - Throws: ``DynamoDBError``.
    package func item(_ key: Item, in table: TableName) async throws(DynamoDBError) -> Item? {
        let answer: GetAnswer = try await call(
            "GetItem",
            ["TableName": .text(table.rawValue), "Key": .item(key), "ConsistentRead": .flag(true)]
        )
        return answer.item
    }
}

private struct GetAnswer: Decodable {
    let item: Item?

    enum CodingKeys: String, CodingKey {
        case item = "Item"
    }
}
