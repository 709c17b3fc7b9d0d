import DynamoDB
import Testing

@Suite("A batch")
struct BatchTests {
    private func key(_ number: Int) -> Item { ["pk": .string("\(number)")] }

    @Test("of reads asks again for what was put off, and for no more than fits a request")
    func reads() async throws {
        let exchange = ScriptedExchange([
            .says(
                200,
                """
                {"Responses":{"pictures":[{"pk":{"S":"0"}}]},
                "UnprocessedKeys":{"pictures":{"Keys":[{"pk":{"S":"1"}}],"ConsistentRead":true}}}
                """
            ),
            .says(200, #"{"Responses":{"pictures":[{"pk":{"S":"1"}}]},"UnprocessedKeys":{}}"#),
            .says(200, #"{"Responses":{"pictures":[{"pk":{"S":"100"}}]}}"#),
        ])
        let items = try await DynamoDBClient(exchange).items((0...100).map(key), in: Bench.table)
        #expect(items == [key(0), key(1), key(100)])
        #expect(exchange.asked.map(\.operation) == ["BatchGetItem", "BatchGetItem", "BatchGetItem"])
        let again = #"{"RequestItems":{"pictures":{"Keys":[{"pk":{"S":"1"}}],"ConsistentRead":true}}}"#
        #expect(try Bench.json(exchange.asked[1].body) == Bench.json(again))
    }

    @Test("of writes sends again what was put off")
    func writes() async throws {
        let exchange = ScriptedExchange([
            .says(200, #"{"UnprocessedItems":{"pictures":[{"DeleteRequest":{"Key":{"pk":{"S":"1"}}}}]}}"#),
            .says(200, #"{"UnprocessedItems":{"pictures":[{"PutRequest":{"Item":{"pk":{"S":"2"}}}}]}}"#),
            .says(200, "{}"),
        ])
        try await DynamoDBClient(exchange).write([.delete(key(1)), .put(key(2))], in: Bench.table)
        let again = #"{"RequestItems":{"pictures":[{"PutRequest":{"Item":{"pk":{"S":"2"}}}}]}}"#
        #expect(try Bench.json(exchange.asked[2].body) == Bench.json(again))
    }

    @Test("of which something is put off for ever says how much")
    func unprocessed() async throws {
        let putOff = #"{"UnprocessedItems":{"pictures":[{"DeleteRequest":{"Key":{"pk":{"S":"1"}}}}]}}"#
        let exchange = ScriptedExchange(Array(repeating: .says(200, putOff), count: 4))
        await #expect(throws: DynamoDBError.unprocessed(count: 1)) {
            try await DynamoDBClient(exchange).write([.delete(key(1))], in: Bench.table)
        }
        #expect(DynamoDBError.unprocessed(count: 1).isTransient)
    }

    @Test("whose answer has more than was asked for is refused")
    func growing() async throws {
        let read = #"{"Responses":{"pictures":[{"pk":{"S":"0"}},{"pk":{"S":"1"}}]}}"#
        await #expect(throws: DynamoDBError.self) {
            try await DynamoDBClient(ScriptedExchange(read)).items([key(0)], in: Bench.table)
        }
        let left = #"{"DeleteRequest":{"Key":{"pk":{"S":"1"}}}}"#
        let written = #"{"UnprocessedItems":{"pictures":[\#(left),\#(left)]}}"#
        await #expect(throws: DynamoDBError.self) {
            try await DynamoDBClient(ScriptedExchange(written)).write([.delete(key(1))], in: Bench.table)
        }
    }
}
