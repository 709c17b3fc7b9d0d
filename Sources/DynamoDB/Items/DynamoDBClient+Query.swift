extension DynamoDBClient {
    /// Reads a page of a partition's items, in the order of their sort keys, as they are now.
    ///
    /// - Parameter query: Which items.
    /// - Returns: The page; it may have fewer items than the limit, or none, and not be the last.
    /// - Throws: ``DynamoDBError``.
    package func page(_ query: Query) async throws(DynamoDBError) -> QueryPage {
        var writer = ExpressionWriter()
        var members: [String: RequestDocument?] = [
            "TableName": .text(query.table.rawValue),
            "KeyConditionExpression": writer.text(of: query.condition),
            "ConsistentRead": .flag(true),
            "ScanIndexForward": .flag(!query.isDescending),
            "Limit": query.limit.map { .number($0) },
            "ExclusiveStartKey": query.start.map { .item($0) },
        ]
        members.merge(writer.members) { $1 }
        return try await call("Query", .object(members))
    }
}

/// What a query asks for.
package struct Query: Sendable, Hashable {
    /// The table.
    package var table: TableName
    /// Which items.
    package var condition: KeyCondition
    /// Whether the greatest sort key comes first.
    package var isDescending = false
    /// The most items of a page; `nil` for as many as fit in 1 MB.
    package var limit: Int?
    /// Where the page before ended.
    package var start: Item?

    /// Asks for items in ascending order, from the beginning.
    package init(_ condition: KeyCondition, in table: TableName) {
        self.table = table
        self.condition = condition
    }
}

/// A page of a query's items.
package struct QueryPage: Decodable, Sendable, Hashable {
    /// The items.
    package let items: [Item]
    /// Where the next page starts; `nil` when this is the last.
    package let lastKey: Item?

    private enum CodingKeys: String, CodingKey {
        case items = "Items"
        case lastKey = "LastEvaluatedKey"
    }
}
