import AWSTransport
import HTTPTypes
import NIOCore
import Synchronization

/// An HTTP port that answers by a function and remembers what it was sent.
final class ScriptedExchange: HTTPExchange {
    /// A request with its body read to the end.
    struct Sent: Sendable {
        let request: AWSHTTPRequest
        let body: String

        /// The value of a header, `nil` when it was not sent.
        subscript(_ name: String) -> String? {
            HTTPField.Name(name).flatMap { request.headers[$0] }
        }

        /// `GET http://host/target`.
        var line: String { "\(request.method) \(request.scheme)://\(request.authority)\(request.target)" }
    }

    /// What to answer.
    struct Answer: Sendable {
        var status = 200
        var headers: HTTPFields = [:]
        var pieces: [String] = []
        /// How the body ends: cut off by this error, or well.
        var cut: AWSError?

        init(_ status: Int = 200, _ body: String = "", headers: HTTPFields = [:], cut: AWSError? = nil) {
            self.status = status
            self.headers = headers
            pieces = body.isEmpty ? [] : [body]
            self.cut = cut
        }
    }

    private let sentRequests = Mutex<[Sent]>([])
    private let answer: @Sendable (Sent, _ number: Int) async throws -> Answer

    /// Answers each request by a function; the first request has number 1.
    init(_ answer: @escaping @Sendable (Sent, _ number: Int) async throws -> Answer) {
        self.answer = answer
    }

    /// Answers the first request with the first, and so on; the last one answers all that follow.
    convenience init(_ answers: [Answer]) {
        self.init { _, number in answers[min(number, answers.count) - 1] }
    }

    /// What was sent so far.
    var sent: [Sent] { sentRequests.withLock { $0 } }

    func execute<Result: Sendable>(
        _ request: AWSHTTPRequest,
        timeouts: AWSTimeouts,
        _ read: @escaping @Sendable (AWSResponse) async throws -> Result
    ) async throws -> Result {
        try Task.checkCancellation()
        let sent = Sent(request: request, body: try await Self.text(of: request.body))
        let number = sentRequests.withLock { all in
            all.append(sent)
            return all.count
        }
        let answer = try await answer(sent, number)
        let pieces = Mutex(answer.pieces)
        let body = AWSResponseBody {
            if let piece = pieces.withLock({ $0.isEmpty ? nil : $0.removeFirst() }) { return ByteBuffer(string: piece) }
            if let cut = answer.cut { throw cut }
            return nil
        }
        let status = HTTPResponse.Status(code: answer.status)
        return try await read(AWSResponse(status: status, headers: answer.headers, body: body))
    }

    private static func text(of body: AWSBody) async throws -> String {
        switch body {
        case .none: return ""
        case .bytes(let bytes): return String(buffer: bytes)
        case .stream(_, _, let open):
            let reader = try await open()
            var text = ""
            while let piece = try await reader.next() { text += String(buffer: piece) }
            return text
        }
    }
}
