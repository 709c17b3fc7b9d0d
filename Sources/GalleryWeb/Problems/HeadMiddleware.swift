import HTTPTypes
import Hummingbird

/// Answers HEAD without a body, refusals too (RFC 9110 §9.3.2): on a connection that stays, a client would take the
/// body of one for the next answer.
struct HeadMiddleware<Context: RequestContext>: RouterMiddleware {
    func handle(
        _ request: Request,
        context: Context,
        next: @concurrent (Request, Context) async throws -> Response
    ) async throws -> Response {
        let response = try await next(request, context)
        return request.method == .head ? response.createHeadResponse() : response
    }
}
