package import AWSTransport
import HTTPTypes
import NIOCore
import SigV4

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// A typed client of DynamoDB, or of what speaks its protocol (JSON 1.0).
///
/// Each operation is a method in a file of its own, and throws ``DynamoDBError``; an item that is not there is `nil`.
/// Throttled and conflicting requests were refused without effect, and are tried again by the transport, with growing
/// waits. What is safe to send twice is also tried again after a lost answer: a conditional write may then find its own
/// effect, and be told that its condition failed.
package struct DynamoDBClient: Sendable {
    let client: AWSClient

    /// Makes a client.
    ///
    /// - Parameter client: Signs, sends and retries; its service is `dynamodb`, its settings those of
    ///   ``configuration``.
    package init(_ client: AWSClient) {
        self.client = client
    }

    /// How a client of DynamoDB waits, tries again, and understands refusals.
    ///
    /// DynamoDB answers within milliseconds, so waits start short; it throttles for seconds, so there are more of them.
    package static var configuration: AWSClientConfiguration {
        var configuration = AWSClientConfiguration()
        configuration.retry = RetryPolicy(
            maximumAttempts: 8,
            baseDelay: .milliseconds(50),
            throttledBaseDelay: .milliseconds(50),
            maximumDelay: .seconds(2)
        )
        configuration.timeouts = AWSTimeouts(connect: .seconds(3), head: .seconds(10), idle: .seconds(10))
        configuration.errorReader = DynamoDBErrorReader()
        return configuration
    }

    /// The most bytes of an answer that are read: 16 MB of items, and what JSON and base64 add to them.
    static let maximumAnswerByteCount = 24 << 20
}

// MARK: Calls

extension DynamoDBClient {
    /// Sends a request and reads its answer.
    ///
    /// - Parameters:
    ///   - operation: The operation's name, for example `GetItem`.
    ///   - document: What is asked.
    ///   - isIdempotent: Whether doing it twice is the same as doing it once.
    /// - Returns: The answer.
    /// - Throws: ``DynamoDBError``.
    func call<Answer: Decodable & Sendable>(
        _ operation: String,
        _ document: RequestDocument,
        isIdempotent: Bool = true
    ) async throws(DynamoDBError) -> Answer {
        do {
            let request = try Self.request(operation, document, isIdempotent: isIdempotent)
            let body = try await client.collect(request, upTo: Self.maximumAnswerByteCount).body
            return try Self.read(body, of: operation)
        } catch {
            throw DynamoDBError(error)
        }
    }

    private static func request(
        _ operation: String,
        _ document: RequestDocument,
        isIdempotent: Bool
    ) throws -> AWSRequest {
        let body = ByteBuffer(bytes: try JSONEncoder().encode(document))
        var request = AWSRequest(.post, target: "/")
        request.headers[.contentType] = "application/x-amz-json-1.0"
        if let target = HTTPField.Name("x-amz-target") { request.headers[target] = "DynamoDB_20120810.\(operation)" }
        request.body = .bytes(body)
        request.payload = .digest(of: body.readableBytesView)
        request.isIdempotent = isIdempotent
        return request
    }

    private static func read<Answer: Decodable>(_ body: ByteBuffer, of operation: String) throws -> Answer {
        do {
            return try JSONDecoder().decode(Answer.self, from: Data(body.readableBytesView))
        } catch {
            throw DynamoDBError.badAnswer("the answer to \(operation), \(body.readableBytes) bytes, is none")
        }
    }
}

/// An answer of which nothing is needed.
struct Acknowledgement: Decodable, Sendable {}
