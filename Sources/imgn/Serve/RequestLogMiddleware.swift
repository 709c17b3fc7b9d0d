import Hummingbird
import Logging

/// One line a request: method, route, status, time.
///
/// Never query strings, keys, names or bodies.
struct RequestLogMiddleware<Context: RequestContext>: RouterMiddleware {
    func handle(
        _ request: Request,
        context: Context,
        next: @concurrent (Request, Context) async throws -> Response
    ) async throws -> Response {
        let start = ContinuousClock.now
        let response = try await next(request, context)
        let milliseconds = (ContinuousClock.now - start) / .milliseconds(1)
        context.logger.info(
            "\(request.method) \(context.endpointPath ?? "object store")",
            metadata: ["status": "\(response.status.code)", "ms": "\(Int(milliseconds.rounded()))"]
        )
        return response
    }
}
