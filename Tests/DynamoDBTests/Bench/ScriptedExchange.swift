import AWSTransport
import HTTPTypes
import NIOCore
import Synchronization

/// A DynamoDB that gives the answers it was told, in their order, and remembers what it was asked.
final class ScriptedExchange: HTTPExchange {
    /// One answer.
    enum Answer: Sendable {
        /// A status and a JSON text.
        case says(Int, String)
        /// The request was acted upon, but nobody learns of it.
        case isLost
        /// An answer without end.
        case isEndless
    }

    /// One request.
    struct Asked: Sendable {
        let operation: String
        let headers: HTTPFields
        let body: String
    }

    private let state: Mutex<(answers: [Answer], asked: [Asked])>

    init(_ answers: [Answer]) {
        state = Mutex((answers, []))
    }

    /// Everything is answered with this JSON text.
    convenience init(_ json: String) {
        self.init([.says(200, json)])
    }

    /// What was asked so far.
    var asked: [Asked] { state.withLock { $0.asked } }

    func execute<Result: Sendable>(
        _ request: AWSHTTPRequest,
        timeouts: AWSTimeouts,
        _ read: @escaping @Sendable (AWSResponse) async throws -> Result
    ) async throws -> Result {
        let asked = Self.asked(request)
        let answer: Answer? = state.withLock { state in
            state.asked.append(asked)
            return state.answers.isEmpty ? nil : state.answers.removeFirst()
        }
        switch answer {
        case nil: throw AWSError(.badRequest, "one request too many: \(asked.operation)")
        case .isLost: throw AWSError(.transport, "the line broke")
        case .isEndless:
            let body = AWSResponseBody { ByteBuffer(repeating: UInt8(ascii: " "), count: 1 << 20) }
            return try await read(AWSResponse(status: .ok, headers: [:], body: body))
        case .says(let status, let json):
            let left = Mutex<ByteBuffer?>(ByteBuffer(string: json))
            let body = AWSResponseBody {
                left.withLock { left in
                    defer { left = nil }
                    return left
                }
            }
            return try await read(AWSResponse(status: .init(code: status), headers: [:], body: body))
        }
    }

    private static func asked(_ request: AWSHTTPRequest) -> Asked {
        var body = ""
        if case .bytes(let bytes) = request.body { body = String(buffer: bytes) }
        let target = HTTPField.Name("x-amz-target").flatMap { request.headers[$0] } ?? ""
        return Asked(
            operation: target.split(separator: ".").last.map(String.init) ?? "",
            headers: request.headers,
            body: body
        )
    }
}
