extension DynamoDBClient {
    /// The most writes of one transaction.
    package static let writesPerTransaction = 100

    /// Does all writes, or none.
    ///
    /// It may be sent again after a lost answer: the token tells DynamoDB that it is the same, for ten minutes.
    ///
    /// - Parameters:
    ///   - writes: The writes, each to another item.
    ///   - table: The table.
    ///   - token: What makes the transaction this one, 1 to 36 characters.
    /// - Throws: ``DynamoDBError``; `transactionRefused` with the reasons when a condition did not hold.
    package func transact(
        _ writes: [TransactionItem],
        in table: TableName,
        token: String
    ) async throws(DynamoDBError) {
        guard (1...Self.writesPerTransaction).contains(writes.count) else {
            throw .tooManyItems(limit: Self.writesPerTransaction)
        }
        let items = writes.map { RequestDocument.object([$0.name: $0.document(table)]) }
        let _: Acknowledgement = try await call(
            "TransactWriteItems",
            ["TransactItems": .list(items), "ClientRequestToken": .text(token)]
        )
    }
}
