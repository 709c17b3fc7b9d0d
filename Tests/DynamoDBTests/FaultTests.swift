import AWSTransport
import DynamoDB
import HTTPTypes
import NIOCore
import Testing

@Suite("When DynamoDB refuses or fails")
struct FaultTests {
    @Test(
        "what was throttled or in conflict is tried again",
        arguments: [
            "ProvisionedThroughputExceededException", "ThrottlingException", "RequestLimitExceeded",
            "TransactionConflictException", "TransactionInProgressException",
        ]
    )
    func throttled(code: String) async throws {
        let refusal = Bench.refusal(code)
        let exchange = ScriptedExchange([refusal, refusal, .says(200, "{}")])
        try await DynamoDBClient(exchange).put(Bench.key, in: Bench.table)
        #expect(exchange.asked.count == 3)
        // A refused request did nothing, so this holds also for what may not happen twice.
        let counting = ScriptedExchange([refusal, .says(200, #"{"Attributes":{}}"#)])
        try await DynamoDBClient(counting).update(Bench.key, in: Bench.table, Update(add: ["n": .integer(1)]))
        #expect(counting.asked.count == 2)
    }

    @Test("what is throttled to the end says so, and that it is worth another try")
    func throttledForGood() async throws {
        let exchange = ScriptedExchange(Array(repeating: Bench.refusal("ThrottlingException"), count: 4))
        let error = await #expect(throws: DynamoDBError.self) {
            try await DynamoDBClient(exchange).put(Bench.key, in: Bench.table)
        }
        #expect(error?.isTransient == true)
        guard case .throttled = error else {
            Issue.record("\(String(describing: error))")
            return
        }
    }

    @Test("a condition that does not hold is no reason to try again")
    func condition() async throws {
        let exchange = ScriptedExchange([Bench.refusal("ConditionalCheckFailedException")])
        await #expect(throws: DynamoDBError.conditionFailed) {
            try await DynamoDBClient(exchange).delete(Bench.key, in: Bench.table, if: .exists("pk"))
        }
    }

    @Test("a transaction says what stood in its way, item by item")
    func reasons() async throws {
        let reasons = #","CancellationReasons":[{"Code":"None"},{"Code":"ConditionalCheckFailed","Message":"m"},"#
        let exchange = ScriptedExchange([
            Bench.refusal("TransactionCanceledException", reasons + #"{"Code":"TransactionConflict"},{"Code":"Odd"}]"#)
        ])
        await #expect(throws: DynamoDBError.transactionRefused([.none, .conditionFailed, .conflict, .other("Odd")])) {
            try await DynamoDBClient(exchange).transact([.put(Bench.key)], in: Bench.table, token: "t")
        }
    }

    @Test("a transaction that only conflicts or throttling stood in the way of is tried again, as the same")
    func conflict() async throws {
        let reasons =
            #","CancellationReasons":[{"Code":"None"},{"Code":"TransactionConflict"},{"Code":"ThrottlingError"}]"#
        let exchange = ScriptedExchange([
            Bench.refusal("TransactionCanceledException", reasons), .says(200, "{}"),
        ])
        try await DynamoDBClient(exchange).transact([.put(Bench.key)], in: Bench.table, token: "t")
        #expect(exchange.asked.map(\.body).count == 2)
        #expect(exchange.asked[0].body.contains(#""ClientRequestToken":"t""#))
        #expect(try Bench.json(exchange.asked[0].body) == Bench.json(exchange.asked[1].body))
    }

    @Test("after a lost answer only what may happen twice is sent again")
    func lostAnswers() async throws {
        let safe = ScriptedExchange([.isLost, .says(500, ""), .says(200, "{}")])
        try await DynamoDBClient(safe).put(Bench.key, in: Bench.table, if: .absent("pk"))
        #expect(safe.asked.count == 3)
        let counting = ScriptedExchange([.isLost, .says(200, #"{"Attributes":{}}"#)])
        await #expect(throws: DynamoDBError.self) {
            try await DynamoDBClient(counting).update(Bench.key, in: Bench.table, Update(add: ["n": .integer(1)]))
        }
        #expect(counting.asked.count == 1)
    }

    @Test(
        "an answer that is none is refused",
        arguments: [
            "", "null", "[]", "<html>", #"{"Item":[]}"#, #"{"Item":{"a":"b"}}"#, #"{"Item":{"a":{"S":"b","N":"1"}}}"#,
            #"{"Item":{"a":{"S":"b"}}"#, "\u{0}", #"{"Item":{"a":{"B":"?"}}}"#,
        ]
    )
    func hostile(text: String) async throws {
        let error = await #expect(throws: DynamoDBError.self) {
            try await DynamoDBClient(ScriptedExchange(text)).item(Bench.key, in: Bench.table)
        }
        guard case .badAnswer = error else {
            Issue.record("\(String(describing: error))")
            return
        }
    }

    @Test("an answer without end is given up")
    func endless() async throws {
        await #expect(throws: DynamoDBError.self) {
            try await DynamoDBClient(ScriptedExchange([.isEndless])).item(Bench.key, in: Bench.table)
        }
    }

    @Test("an error that is no JSON keeps its status, and one with a hostile type has no code")
    func oddErrors() throws {
        let reader = DynamoDBErrorReader()
        let page = reader.error(status: .badGateway, headers: [:], body: .init(string: "<html>"))
        #expect(page.status == 502)
        #expect(page.code == nil)
        #expect(page.isRetryable)
        let odd = #"{"__type":"x#ConditionalCheckFailedException\nX: y","message":7}"#
        #expect(reader.error(status: .badRequest, headers: [:], body: .init(string: odd)).code == nil)
    }

    @Test("a missing table and a taken name are told apart from all else")
    func tables() async throws {
        let exchange = ScriptedExchange([
            Bench.refusal("ResourceNotFoundException"), Bench.refusal("ResourceInUseException"),
            Bench.refusal("AccessDeniedException"),
        ])
        let client = try DynamoDBClient(exchange)
        await #expect(throws: DynamoDBError.noSuchTable) { try await client.put(Bench.key, in: Bench.table) }
        await #expect(throws: DynamoDBError.tableInUse) {
            try await client.create(Bench.table, partition: "pk", sort: "sk")
        }
        let error = await #expect(throws: DynamoDBError.self) { try await client.put(Bench.key, in: Bench.table) }
        #expect(error?.isTransient == false)
    }

    @Test("a cancelled task stops waiting")
    func cancelled() async throws {
        let exchange = ScriptedExchange(Array(repeating: Bench.refusal("ThrottlingException"), count: 4))
        let client = try DynamoDBClient(exchange)
        let table = try Bench.table
        let error = await withTaskGroup(of: DynamoDBError?.self) { group in
            group.cancelAll()
            group.addTask {
                do throws(DynamoDBError) { try await client.put(Bench.key, in: table) } catch { return error }
                return nil
            }
            return await group.next() ?? nil
        }
        #expect(error == .cancelled)
    }
}
