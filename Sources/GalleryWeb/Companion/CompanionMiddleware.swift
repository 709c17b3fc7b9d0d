import HTTPTypes
import Hummingbird
import Logging

/// What holds for everything under `/s3`: refusals are written as Uppy reads them, and pages of the origins that
/// whoever runs the gallery named may ask from elsewhere (CORS).
///
/// Stands before the routes, so that preflights, unknown paths and refusals are answered the same way.
struct CompanionMiddleware<Context: RequestContext>: RouterMiddleware {
    /// What Uppy asks with; besides these a page may send what needs no preflight.
    private static var allowedMethods: String { "GET, POST, DELETE" }
    private static var allowedHeaders: String { "content-type, authorization, uppy-auth-token" }

    /// `https://pictures.example`, exactly as browsers write it.
    let allowedOrigins: [String]

    /// Both words, since Uppy's generations read one or the other; and ours for programs.
    private struct Refusal: Encodable {
        let error: String
        let message: String
        let code: String
        let limit: Int64?
    }

    func handle(
        _ request: Request,
        context: Context,
        next: @concurrent (Request, Context) async throws -> Response
    ) async throws -> Response {
        guard request.uri.path.hasPrefix("/s3/") else { return try await next(request, context) }
        let origin = request.headers[.origin].flatMap { allowedOrigins.contains($0) ? $0 : nil }
        var response: Response
        if let origin, request.isPreflight {
            response = Self.preflightAnswer
            response.headers[.accessControlAllowOrigin] = origin
        } else {
            do {
                response = try await next(request, context)
            } catch let error as CancellationError {
                throw error
            } catch {
                response = try refusal(error, context: context)
            }
            response.headers[.accessControlAllowOrigin] = origin
        }
        if !allowedOrigins.isEmpty { response.headers[.vary] = "Origin" }
        return response
    }

    private static var preflightAnswer: Response {
        Response(
            status: .noContent,
            headers: [
                .accessControlAllowMethods: allowedMethods,
                .accessControlAllowHeaders: allowedHeaders,
                .accessControlMaxAge: "3600",
            ]
        )
    }

    private func refusal(_ error: any Error, context: Context) throws -> Response {
        let problem = Problem(error, requestID: context.id)
        if problem.code == "internal" {
            context.logger.error("request failed", metadata: ["error": "\(error)"])
        }
        let words = problem.requestId.map { "\(problem.detail) \($0)" } ?? problem.detail
        let refusal = Refusal(error: words, message: words, code: problem.code, limit: problem.limit)
        var headers = problem.headers
        headers[.contentType] = "application/json"
        return try .json(refusal, status: HTTPResponse.Status(code: problem.status), headers: headers)
    }
}

extension Request {
    /// Whether a browser asks, before the request itself, if it may send it (Fetch standard, CORS preflight).
    fileprivate var isPreflight: Bool {
        method == .options && headers[.accessControlRequestMethod] != nil
    }
}
