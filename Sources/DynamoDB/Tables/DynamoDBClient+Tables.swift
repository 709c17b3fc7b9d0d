extension DynamoDBClient {
    /// What a table is; `nil` when there is none.
    package func describe(_ table: TableName) async throws(DynamoDBError) -> TableDescription? {
        do throws(DynamoDBError) {
            let answer: DescribeAnswer = try await call("DescribeTable", ["TableName": .text(table.rawValue)])
            return answer.table
        } catch .noSuchTable {
            return nil
        }
    }

    /// Makes a table whose keys are texts, paid by request.
    ///
    /// - Parameters:
    ///   - table: Its name.
    ///   - partition: The attribute that chooses the partition.
    ///   - sort: The attribute that orders a partition.
    /// - Throws: ``DynamoDBError``; `tableInUse` when there is such a table.
    package func create(_ table: TableName, partition: String, sort: String) async throws(DynamoDBError) {
        let keys: [(name: String, kind: RequestDocument)] = [(partition, "HASH"), (sort, "RANGE")]
        let _: Acknowledgement = try await call(
            "CreateTable",
            [
                "TableName": .text(table.rawValue),
                "BillingMode": "PAY_PER_REQUEST",
                "KeySchema": .list(keys.map { ["AttributeName": .text($0.name), "KeyType": $0.kind] }),
                "AttributeDefinitions": .list(
                    keys.map { ["AttributeName": .text($0.name), "AttributeType": "S"] }
                ),
            ]
        )
    }

    /// Lets DynamoDB take items away whose time is over.
    ///
    /// - Parameters:
    ///   - attribute: The attribute with the time, in seconds since 1970.
    ///   - table: The table.
    /// - Throws: ``DynamoDBError``.
    package func expireItems(by attribute: String, in table: TableName) async throws(DynamoDBError) {
        let _: Acknowledgement = try await call(
            "UpdateTimeToLive",
            [
                "TableName": .text(table.rawValue),
                "TimeToLiveSpecification": ["Enabled": .flag(true), "AttributeName": .text(attribute)],
            ]
        )
    }
}

/// What a table is.
package struct TableDescription: Decodable, Sendable, Hashable {
    /// `ACTIVE` when it can be used; `CREATING`, `UPDATING`, `DELETING` and others.
    package let status: String
    /// The attributes that are the key: the partition's first.
    package let keys: [String]

    /// Whether it takes requests.
    package var isUsable: Bool { status == "ACTIVE" || status == "UPDATING" }

    private enum CodingKeys: String, CodingKey {
        case status = "TableStatus"
        case keys = "KeySchema"
    }

    private struct Key: Decodable {
        let name: String
        let kind: String

        enum CodingKeys: String, CodingKey {
            case name = "AttributeName"
            case kind = "KeyType"
        }
    }

    /// A description from an answer.
    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        status = try container.decode(String.self, forKey: .status)
        let keys = try container.decode([Key].self, forKey: .keys)
        self.keys = keys.filter { $0.kind == "HASH" }.map(\.name) + keys.filter { $0.kind != "HASH" }.map(\.name)
    }
}

private struct DescribeAnswer: Decodable, Sendable {
    let table: TableDescription

    enum CodingKeys: String, CodingKey {
        case table = "Table"
    }
}
