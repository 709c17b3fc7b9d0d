import AWSTransport
import DynamoDB
import Foundation
import Logging
import SigV4
import Synchronization

/// What tests name often.
enum Bench {
    static let key: Item = ["pk": .string("a"), "sk": .string("b")]

    static var table: TableName {
        get throws {
            guard let table = TableName("pictures") else { throw NoName() }
            return table
        }
    }

    struct NoName: Error {}

    /// A refusal as DynamoDB words it.
    static func refusal(_ code: String, _ more: String = "", status: Int = 400) -> ScriptedExchange.Answer {
        .says(status, #"{"__type":"com.amazonaws.dynamodb.v20120810#\#(code)","message":"Because."\#(more)}"#)
    }

    /// A text as JSON, to compare without regard to order.
    static func json(_ text: String) throws -> NSDictionary {
        guard let object = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? NSDictionary else {
            throw NoName()
        }
        return object
    }
}

extension DynamoDBClient {
    /// A client of a DynamoDB that is only a function, and waits for nothing.
    init(_ exchange: ScriptedExchange, attempts: Int = 4) throws {
        guard let endpoint = AWSEndpoint("http://127.0.0.1:8000") else { throw Bench.NoName() }
        var configuration = DynamoDBClient.configuration
        configuration.clock = AWSClock(
            now: { SigningDate(secondsSince1970: 1_735_787_045) },
            sleep: { _ in try Task.checkCancellation() },
            random: { 0 }
        )
        configuration.retry.maximumAttempts = attempts
        self.init(
            AWSClient(
                service: "dynamodb",
                region: "us-east-1",
                endpoint: endpoint,
                credentials: StaticCredentials(Credentials(accessKeyID: "AKID", secretAccessKey: Secret("secret"))),
                http: exchange,
                configuration: configuration,
                logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })
            )
        )
    }
}
