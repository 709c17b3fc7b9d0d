import AWSTransport
import HTTPTypes
import NIOCore
import Synchronization

/// A store that gives the answers it was told, in their order, and remembers what it was asked.
final class ScriptedExchange: HTTPExchange {
    /// One answer.
    struct Answer: Sendable {
        var status: HTTPResponse.Status = .ok
        var headers: HTTPFields = [:]
        /// The next piece of the body, `nil` at its end.
        var next: @Sendable () -> ByteBuffer?

        /// An answer with a body in one piece, and its length.
        static func whole(
            _ status: HTTPResponse.Status = .ok,
            _ headers: HTTPFields = [:],
            _ body: String = ""
        ) -> Answer {
            let left = Mutex<ByteBuffer?>(body.isEmpty ? nil : ByteBuffer(string: body))
            let take: @Sendable () -> ByteBuffer? = {
                left.withLock { left in
                    defer { left = nil }
                    return left
                }
            }
            return Answer(status: status, headers: headers, next: take)
        }

        /// An answer without end, in pieces of 64 KiB; `read` counts those that were asked for.
        static func endless(_ start: String, counting read: PieceCount) -> Answer {
            Answer(next: {
                read.increase() == 1
                    ? ByteBuffer(string: start) : ByteBuffer(repeating: UInt8(ascii: "a"), count: 65_536)
            })
        }
    }

    private let state: Mutex<(answers: [Answer], requests: [AWSHTTPRequest])>

    init(_ answers: [Answer]) {
        state = Mutex((answers, []))
    }

    /// What was asked so far.
    var requests: [AWSHTTPRequest] { state.withLock { $0.requests } }

    func execute<Result: Sendable>(
        _ request: AWSHTTPRequest,
        timeouts: AWSTimeouts,
        _ read: @escaping @Sendable (AWSResponse) async throws -> Result
    ) async throws -> Result {
        let answer: Answer? = state.withLock { state in
            state.requests.append(request)
            return state.answers.isEmpty ? nil : state.answers.removeFirst()
        }
        guard let answer else { throw AWSError(.badRequest, "one request too many: \(request.target)") }
        let body = AWSResponseBody { answer.next() }
        return try await read(AWSResponse(status: answer.status, headers: answer.headers, body: body))
    }
}

/// Counts pieces across tasks.
final class PieceCount: Sendable {
    private let value = Mutex(0)

    var count: Int { value.withLock { $0 } }

    func increase() -> Int {
        value.withLock { value in
            value += 1
            return value
        }
    }
}
