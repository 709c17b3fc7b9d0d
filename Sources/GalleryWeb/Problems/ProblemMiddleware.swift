import HTTPTypes
import Hummingbird
import Logging

/// Turns what routes throw into problem JSON, or into a page for browsers that navigate.
struct ProblemMiddleware<Context: RequestContext>: RouterMiddleware {
    let templates: Templates

    func handle(
        _ request: Request,
        context: Context,
        next: @concurrent (Request, Context) async throws -> Response
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch let error as CancellationError {
            throw error
        } catch {
            let problem = Problem(error, requestID: context.id)
            if problem.code == "internal" {
                context.logger.error("request failed", metadata: ["error": "\(error)"])
            }
            return try answer(problem, to: request)
        }
    }

    private func answer(_ problem: Problem, to request: Request) throws -> Response {
        let status = HTTPResponse.Status(code: problem.status)
        guard request.prefersHTML else { return try .json(problem, status: status, headers: problem.headers) }
        var response = try templates.error(problem, status: status)
        for field in problem.headers where field.name != .contentType { response.headers[field.name] = field.value }
        return response
    }
}

extension Request {
    /// True for a browser that navigates: it names HTML in `Accept`, a program does not.
    var prefersHTML: Bool {
        headers[.accept]?.contains("text/html") == true
    }
}
