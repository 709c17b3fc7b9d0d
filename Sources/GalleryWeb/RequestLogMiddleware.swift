package import Hummingbird
import Logging

/// One line a request: method, route, status, time.
///
/// Never query strings, keys, names or bodies.
package struct RequestLogMiddleware<Context: RequestContext>: RouterMiddleware {
    /// What stands for the route of a request that no route is for.
    private let unrouted: String

    /// A middleware that goes before all others.
    package init(unrouted: String = "no route") {
        self.unrouted = unrouted
    }

    /// Answers by the next in line, and writes the line.
    package func handle(
        _ request: Request,
        context: Context,
        next: @concurrent (Request, Context) async throws -> Response
    ) async throws -> Response {
        let start = ContinuousClock.now
        let response = try await next(request, context)
        let milliseconds = (ContinuousClock.now - start) / .milliseconds(1)
        context.logger.info(
            "\(request.method) \(context.endpointPath ?? unrouted)",
            metadata: ["status": "\(response.status.code)", "ms": "\(Int(milliseconds.rounded()))"]
        )
        return response
    }
}
