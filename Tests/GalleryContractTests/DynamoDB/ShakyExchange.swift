import AWSTransport
import HTTPTypes
import NIOCore
import Synchronization

/// A line to DynamoDB on which every fifth request is acted upon without an answer, and every seventh is throttled.
///
/// The counts are coprime, so that every kind of call has all of it happen to it; so few fail that a client's quota of
/// retries lasts.
struct ShakyExchange: HTTPExchange {
    private let line: AsyncHTTPClientExchange
    private let count = Count()

    init(_ line: AsyncHTTPClientExchange) {
        self.line = line
    }

    private final class Count: Sendable {
        private let value = Mutex(0)

        func next() -> Int {
            value.withLock { value in
                value += 1
                return value
            }
        }
    }

    func execute<Answer: Sendable>(
        _ request: AWSHTTPRequest,
        timeouts: AWSTimeouts,
        _ read: @escaping @Sendable (AWSResponse) async throws -> Answer
    ) async throws -> Answer {
        let number = count.next()
        if number % 7 == 0 {
            let refusal = #"{"__type":"x#ProvisionedThroughputExceededException","message":"Slow down."}"#
            let left = Mutex<ByteBuffer?>(ByteBuffer(string: refusal))
            let body = AWSResponseBody {
                left.withLock { left in
                    defer { left = nil }
                    return left
                }
            }
            return try await read(AWSResponse(status: .badRequest, headers: [:], body: body))
        }
        guard number % 5 == 0 else { return try await line.execute(request, timeouts: timeouts, read) }
        _ = try await line.execute(request, timeouts: timeouts) { try await $0.collect(upTo: 1 << 24) }
        throw AWSError(.transport, "the answer was lost")
    }
}
