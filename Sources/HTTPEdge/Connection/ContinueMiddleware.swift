package import Hummingbird
import NIOCore

/// A request context that knows its connection.
package protocol ConnectionRequestContext: RequestContext {
    /// The connection the request came over.
    var channel: any Channel { get }
}

/// The event by which a body's first reader tells `ConnectionGuard` that the body is wanted.
struct BodyWanted: Sendable {}

/// Sends `100 Continue` when the body is first read, and only then.
///
/// A refused request gets its answer without it (RFC 9110 §10.1.1).
package struct ContinueMiddleware<Context: ConnectionRequestContext>: RouterMiddleware {
    package init() {}

    package func handle(
        _ request: Request,
        context: Context,
        next: @concurrent (Request, Context) async throws -> Response
    ) async throws -> Response {
        guard request.headers[.expect] != nil else { return try await next(request, context) }
        var request = request
        request.body = RequestBody(asyncSequence: WantedBody(base: request.body, channel: context.channel))
        return try await next(request, context)
    }
}

/// A body that announces its first reader.
private struct WantedBody: AsyncSequence, Sendable {
    let base: RequestBody
    let channel: any Channel

    struct AsyncIterator: AsyncIteratorProtocol {
        var base: RequestBody.AsyncIterator
        var channel: (any Channel)?

        @concurrent mutating func next() async throws -> ByteBuffer? {
            if let channel = channel.take() { try await channel.triggerUserOutboundEvent(BodyWanted()) }
            return try await base.next()
        }
    }

    func makeAsyncIterator() -> AsyncIterator {
        AsyncIterator(base: base.makeAsyncIterator(), channel: channel)
    }
}
