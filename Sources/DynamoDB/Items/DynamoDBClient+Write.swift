extension DynamoDBClient {
    /// Writes an item, over the one that has its key, if there is one.
    ///
    /// - Parameters:
    ///   - item: The item, its key included.
    ///   - table: The table.
    ///   - condition: What must hold of the item that is there.
    /// - Throws: ``DynamoDBError``, `conditionFailed` among them.
    package func put(
        _ item: Item,
        in table: TableName,
        if condition: Condition? = nil
    ) async throws(DynamoDBError) {
        let _: Acknowledgement = try await call("PutItem", TransactionItem.put(item, if: condition).document(table))
    }

    /// Takes an item away; one that is not there is away already.
    ///
    /// - Parameters:
    ///   - key: The item's key.
    ///   - table: The table.
    ///   - condition: What must hold of the item that is there.
    /// - Throws: ``DynamoDBError``, `conditionFailed` among them.
    package func delete(
        _ key: Item,
        in table: TableName,
        if condition: Condition? = nil
    ) async throws(DynamoDBError) {
        let document = TransactionItem.delete(key, if: condition).document(table)
        let _: Acknowledgement = try await call("DeleteItem", document)
    }

    /// Changes an item, or makes it.
    ///
    /// One that adds numbers is not tried again after a lost answer.
    ///
    /// - Parameters:
    ///   - key: The item's key.
    ///   - table: The table.
    ///   - update: What is changed.
    ///   - condition: What must hold of the item that is there.
    /// - Returns: The whole item after it.
    /// - Throws: ``DynamoDBError``, `conditionFailed` among them.
    @discardableResult
    package func update(
        _ key: Item,
        in table: TableName,
        _ update: Update,
        if condition: Condition? = nil
    ) async throws(DynamoDBError) -> Item {
        let answer: UpdateAnswer = try await call(
            "UpdateItem",
            TransactionItem.update(key, update, if: condition).document(table, and: ["ReturnValues": "ALL_NEW"]),
            isIdempotent: update.isIdempotent
        )
        guard let item = answer.attributes else { throw .badAnswer("an update without the item") }
        return item
    }
}

private struct UpdateAnswer: Decodable {
    let attributes: Item?

    enum CodingKeys: String, CodingKey {
        case attributes = "Attributes"
    }
}
