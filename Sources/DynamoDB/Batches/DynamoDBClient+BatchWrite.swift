extension DynamoDBClient {
    /// The most writes that DynamoDB takes in one batch.
    package static let writesPerBatch = 25

    /// Does many writes without conditions, each for itself.
    ///
    /// What DynamoDB puts off is asked for again, with growing waits.
    ///
    /// - Parameters:
    ///   - writes: The writes, each to another item.
    ///   - table: The table.
    /// - Throws: ``DynamoDBError``; `unprocessed` when some were put off too often. Some writes are done then.
    package func write(_ writes: [BatchWrite], in table: TableName) async throws(DynamoDBError) {
        for start in stride(from: 0, to: writes.count, by: Self.writesPerBatch) {
            let batch = Array(writes[start..<min(start + Self.writesPerBatch, writes.count)])
            try await inRounds(batch) { (writes: [BatchWrite]) async throws(DynamoDBError) -> [BatchWrite] in
                let requests = RequestDocument.object([table.rawValue: .list(writes.map(\.document))])
                let answer: BatchWriteAnswer = try await call("BatchWriteItem", ["RequestItems": requests])
                let left = answer.unprocessed?[table.rawValue] ?? []
                guard left.count <= writes.count else { throw .badAnswer("more items put off than were sent") }
                return left
            }
        }
    }
}

/// One write of a batch.
package enum BatchWrite: Decodable, Sendable, Hashable {
    /// Writes an item over what is there.
    case put(Item)
    /// Takes the item with this key away.
    case delete(Item)

    /// A write that was put off, as DynamoDB tells it.
    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Kind.self)
        if let put = try container.decodeIfPresent(Put.self, forKey: .put) {
            self = .put(put.item)
        } else {
            self = .delete(try container.decode(Delete.self, forKey: .delete).key)
        }
    }

    var document: RequestDocument {
        switch self {
        case .put(let item): [Kind.put.rawValue: ["Item": .item(item)]]
        case .delete(let key): [Kind.delete.rawValue: ["Key": .item(key)]]
        }
    }

    private enum Kind: String, CodingKey {
        case put = "PutRequest"
        case delete = "DeleteRequest"
    }

    private struct Put: Decodable {
        let item: Item

        enum CodingKeys: String, CodingKey {
            case item = "Item"
        }
    }

    private struct Delete: Decodable {
        let key: Item

        enum CodingKeys: String, CodingKey {
            case key = "Key"
        }
    }
}

private struct BatchWriteAnswer: Decodable, Sendable {
    let unprocessed: [String: [BatchWrite]]?

    enum CodingKeys: String, CodingKey {
        case unprocessed = "UnprocessedItems"
    }
}
