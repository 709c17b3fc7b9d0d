import DynamoDB
import HTTPTypes
import Testing

@Suite("A request to DynamoDB")
struct RequestTests {
    @Test("names its operation, is signed, and speaks JSON 1.0")
    func protocolHeaders() async throws {
        let exchange = ScriptedExchange("{}")
        #expect(try await DynamoDBClient(exchange).item(Bench.key, in: Bench.table) == nil)
        let asked = try #require(exchange.asked.first)
        #expect(asked.operation == "GetItem")
        #expect(asked.headers[.contentType] == "application/x-amz-json-1.0")
        #expect(asked.headers[.authorization]?.contains("/us-east-1/dynamodb/aws4_request") == true)
        let expected = #"{"TableName":"pictures","Key":{"pk":{"S":"a"},"sk":{"S":"b"}},"ConsistentRead":true}"#
        #expect(try Bench.json(asked.body) == Bench.json(expected))
    }

    @Test("has names and values of conditions beside their text, never in it")
    func conditions() async throws {
        let exchange = ScriptedExchange("{}")
        let hostile = "x = :v0 OR attribute_exists(pk)"
        let condition = Condition.absent("pk") || (.equal("kind", .string(hostile)) && .less("end", .integer(5)))
        try await DynamoDBClient(exchange).put(Bench.key, in: Bench.table, if: condition)
        let expected = """
            {"TableName":"pictures","Item":{"pk":{"S":"a"},"sk":{"S":"b"}},
             "ConditionExpression":"(attribute_not_exists(#n0)) OR ((#n1 = :v0) AND (#n2 < :v1))",
             "ExpressionAttributeNames":{"#n0":"pk","#n1":"kind","#n2":"end"},
             "ExpressionAttributeValues":{":v0":{"S":"\(hostile)"},":v1":{"N":"5"}}}
            """
        #expect(try Bench.json(exchange.asked[0].body) == Bench.json(expected))
    }

    @Test("to update sets, adds and removes at once, and returns the item after it")
    func updates() async throws {
        let exchange = ScriptedExchange(#"{"Attributes":{"n":{"N":"3"}}}"#)
        let update = Update(set: ["a": .bool(true)], add: ["n": .integer(1)], remove: ["z"])
        let item = try await DynamoDBClient(exchange).update(Bench.key, in: Bench.table, update, if: .exists("pk"))
        #expect(item == ["n": .integer(3)])
        let expected = """
            {"TableName":"pictures","Key":{"pk":{"S":"a"},"sk":{"S":"b"}},"ReturnValues":"ALL_NEW",
             "UpdateExpression":"SET #n0 = :v0 ADD #n1 :v1 REMOVE #n2","ConditionExpression":"attribute_exists(#n3)",
             "ExpressionAttributeNames":{"#n0":"a","#n1":"n","#n2":"z","#n3":"pk"},
             "ExpressionAttributeValues":{":v0":{"BOOL":true},":v1":{"N":"1"}}}
            """
        #expect(try Bench.json(exchange.asked[0].body) == Bench.json(expected))
    }

    @Test("for a page starts where the last one ended")
    func queries() async throws {
        let exchange = ScriptedExchange(
            #"{"Items":[{"pk":{"S":"a"},"sk":{"S":"b"}}],"LastEvaluatedKey":{"pk":{"S":"a"},"sk":{"S":"b"}}}"#
        )
        let condition = KeyCondition(("pk", .string("a")), ("sk", .below(.string("z"))))
        var query = Query(condition, in: try Bench.table)
        query.isDescending = true
        query.limit = 7
        query.start = Bench.key
        let page = try await DynamoDBClient(exchange).page(query)
        #expect(page.items == [Bench.key])
        #expect(page.lastKey == Bench.key)
        let expected = """
            {"TableName":"pictures","KeyConditionExpression":"#n0 = :v0 AND #n1 < :v1","ConsistentRead":true,
             "ScanIndexForward":false,"Limit":7,"ExclusiveStartKey":{"pk":{"S":"a"},"sk":{"S":"b"}},
             "ExpressionAttributeNames":{"#n0":"pk","#n1":"sk"},
             "ExpressionAttributeValues":{":v0":{"S":"a"},":v1":{"S":"z"}}}
            """
        #expect(try Bench.json(exchange.asked[0].body) == Bench.json(expected))
    }

    @Test("for a transaction has all writes and what makes it this one")
    func transactions() async throws {
        let exchange = ScriptedExchange("{}")
        let writes: [TransactionItem] = [
            .put(["pk": .string("p")]), .delete(["pk": .string("d")], if: .exists("pk")),
            .check(["pk": .string("c")], .absent("x")),
            .update(["pk": .string("u")], Update(set: ["a": .null])),
        ]
        try await DynamoDBClient(exchange).transact(writes, in: Bench.table, token: "t")
        let expected = """
            {"ClientRequestToken":"t","TransactItems":[
             {"Put":{"TableName":"pictures","Item":{"pk":{"S":"p"}}}},
             {"Delete":{"TableName":"pictures","Key":{"pk":{"S":"d"}},"ConditionExpression":"attribute_exists(#n0)",
              "ExpressionAttributeNames":{"#n0":"pk"}}},
             {"ConditionCheck":{"TableName":"pictures","Key":{"pk":{"S":"c"}},
              "ConditionExpression":"attribute_not_exists(#n0)","ExpressionAttributeNames":{"#n0":"x"}}},
             {"Update":{"TableName":"pictures","Key":{"pk":{"S":"u"}},"UpdateExpression":"SET #n0 = :v0",
              "ExpressionAttributeNames":{"#n0":"a"},"ExpressionAttributeValues":{":v0":{"NULL":true}}}}]}
            """
        #expect(try Bench.json(exchange.asked[0].body) == Bench.json(expected))
    }

    @Test("for more writes than a transaction may have, or none, is not sent", arguments: [0, 101])
    func transactionLimit(count: Int) async throws {
        let exchange = ScriptedExchange([])
        let writes = Array(repeating: TransactionItem.put(Bench.key), count: count)
        await #expect(throws: DynamoDBError.tooManyItems(limit: 100)) {
            try await DynamoDBClient(exchange).transact(writes, in: Bench.table, token: "t")
        }
        #expect(exchange.asked.isEmpty)
    }

    @Test("describes a table: its state and its key, the partition's first; none is nil")
    func tables() async throws {
        let exchange = ScriptedExchange([
            .says(
                200,
                """
                {"Table":{"TableStatus":"ACTIVE","KeySchema":[{"AttributeName":"s","KeyType":"RANGE"},
                {"AttributeName":"p","KeyType":"HASH"}]}}
                """
            ),
            Bench.refusal("ResourceNotFoundException"),
        ])
        let client = try DynamoDBClient(exchange)
        let table = try await client.describe(Bench.table)
        #expect(table?.keys == ["p", "s"])
        #expect(table?.isUsable == true)
        #expect(try await client.describe(Bench.table) == nil)
    }

    @Test("takes only names that tables can have", arguments: ["", "ab", "a b", "a/b/c", "tä.ble", "x\n\n"])
    func names(text: String) {
        #expect(TableName(text) == nil)
        #expect(TableName(String(repeating: "a", count: 256)) == nil)
        #expect(TableName("imgn_1.test-2")?.description == "imgn_1.test-2")
    }
}
