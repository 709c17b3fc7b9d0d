import AWSTransport
import DynamoDB
import Foundation
import GalleryAWS
import GalleryCore
import Logging
import SigV4

/// Something that plays DynamoDB, and where it listens.
struct TableJudge: Sendable, Hashable {
    let name: String
    let endpoint: AWSEndpoint

    /// Those that `IMGN_TEST_DYNAMODB` names: `NAME=http://HOST:PORT`, a space between two.
    static let all: [TableJudge] = {
        let text = ProcessInfo.processInfo.environment["IMGN_TEST_DYNAMODB"] ?? ""
        return text.split(separator: " ").compactMap { word in
            let parts = word.split(separator: "=", maxSplits: 1)
            guard parts.count == 2, let endpoint = AWSEndpoint(String(parts[1])) else { return nil }
            return TableJudge(name: String(parts[0]), endpoint: endpoint)
        }
    }()

    /// Runs the body with a table of its own, which is left behind.
    func withTable(isShaky: Bool = false, _ body: (TableBench) async throws -> Void) async throws {
        let table = try TableName("imgn-test-\(ImageID.random())").unwrapped()
        try await AsyncHTTPClientExchange.withExchange { exchange in
            let client = DynamoDBClient(client(exchange))
            try await DynamoDBImageCatalog(client, table: table, now: { Date() }).makeTable()
            // Chance may spoil many attempts of one call where others run beside it.
            let used = isShaky ? DynamoDBClient(self.client(ShakyExchange(exchange), attempts: 50)) : client
            try await body(TableBench(client: used, table: table))
        }
    }

    private func client(_ exchange: some HTTPExchange, attempts: Int = 8) -> AWSClient {
        var configuration = DynamoDBClient.configuration
        configuration.retry.maximumAttempts = attempts
        let system = AWSClock.system
        configuration.clock = AWSClock(now: system.now, sleep: { _ in await Task.yield() }, random: system.random)
        return AWSClient(
            service: "dynamodb",
            region: "us-east-1",
            endpoint: endpoint,
            credentials: StaticCredentials(Credentials(accessKeyID: "AKIATEST", secretAccessKey: Secret("secret"))),
            http: exchange,
            configuration: configuration,
            logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })
        )
    }
}

/// A table, and who talks to it.
struct TableBench: Sendable {
    let client: DynamoDBClient
    let table: TableName

    /// A catalog in the table, as one more process would have it.
    func catalog(now: @escaping @Sendable () -> Date = { Date() }) -> DynamoDBImageCatalog {
        DynamoDBImageCatalog(client, table: table, now: now)
    }

    /// Puts attributes where the catalog keeps what became of an upload.
    func plant(_ attributes: Item, for id: ImageID) async throws {
        let key: Item = ["pk": .string("image#\(id)"), "sk": .string("image")]
        try await client.put(attributes.merging(key) { $1 }, in: table)
    }
}
