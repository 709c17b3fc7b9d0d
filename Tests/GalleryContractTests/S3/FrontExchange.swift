import AWSTransport
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import ObjectStore
import Synchronization

/// Our own object store's front as an HTTP exchange: every request is a real one, but no socket is needed.
struct FrontExchange: HTTPExchange {
    let front: ObjectStoreFront

    func execute<Answer: Sendable>(
        _ request: AWSHTTPRequest,
        timeouts: AWSTimeouts,
        _ read: @escaping @Sendable (AWSResponse) async throws -> Answer
    ) async throws -> Answer {
        guard case .bytes(let bytes) = request.body.inMemory else {
            throw AWSError(.badRequest, "this exchange sends bytes in memory only")
        }
        var head = HTTPRequest(
            method: request.method,
            scheme: request.scheme,
            authority: request.authority,
            path: request.target,
            headerFields: request.headers
        )
        head.headerFields[.contentLength] = String(bytes.readableBytes)
        let context = FrontContext(source: FrontContext.Source())
        let body = RequestBody(buffer: bytes)
        let response = try await front.respond(to: Request(head: head, body: body), context: context)
        let collector = BodyCollector()
        if request.method != .head { try await response.body.write(collector) }
        let answer = Mutex<ByteBuffer?>(collector.bytes.withLock { $0 })
        return try await read(
            AWSResponse(
                status: response.status,
                headers: response.headers,
                body: AWSResponseBody {
                    answer.withLock { answer in
                        defer { answer = nil }
                        return answer
                    }
                }
            )
        )
    }
}

extension AWSBody {
    /// Nothing as no bytes; a stream stays one.
    fileprivate var inMemory: AWSBody {
        if case .none = self { .bytes(ByteBuffer()) } else { self }
    }
}

/// What the front asks for beside a request.
private struct FrontContext: RequestContext {
    struct Source: RequestContextSource {
        let logger = Logger(label: "front", factory: { _ in SwiftLogNoOpLogHandler() })
    }

    var coreContext: CoreRequestContextStorage

    init(source: Source) {
        coreContext = CoreRequestContextStorage(source: source)
    }
}

/// Takes what a response body writes.
private final class BodyCollector: ResponseBodyWriter, Sendable {
    let bytes = Mutex(ByteBuffer())

    func write(_ buffer: ByteBuffer) async throws {
        bytes.withLock { _ = $0.writeImmutableBuffer(buffer) }
    }

    func finish(_ trailingHeaders: HTTPFields?) async throws {}
}
