import HTTPTypes
import Hummingbird

/// A known path was asked with a method that it does not take.
struct MethodNotAllowed: Error, Equatable {
    let allowed: [HTTPRequest.Method]
    /// The path as the router knows it, for the log.
    let route: String

    /// For the field `Allow` (RFC 9110 §15.5.6).
    var allow: String { allowed.map(\.rawValue).joined(separator: ", ") }
}

/// Which methods the paths of a router take.
///
/// Asked only when a router found nothing: a route for each refusal would be four times as many routes, all to be built
/// before a function's first event.
struct AllowedMethods: Sendable {
    private static let known: [HTTPRequest.Method] = [.get, .head, .post, .put, .patch, .delete]

    private var rules: [(path: [Substring], methods: [HTTPRequest.Method], route: String)] = []

    /// Takes in what a path allows, whose words in braces stand for any word.
    mutating func allow(_ methods: [HTTPRequest.Method], on path: String) {
        rules.append((path.split(separator: "/"), methods, path))
    }

    /// Why a request found nothing: nil when it is not because of its method.
    func refusal(of method: HTTPRequest.Method, on path: String) -> MethodNotAllowed? {
        guard Self.known.contains(method) else { return nil }
        let words = path.split(separator: "/")
        // What is named goes before what may be anything, as in the router.
        let rule = rules.filter { Self.matches($0.path, words) }.min { Self.freedom($0.path) < Self.freedom($1.path) }
        guard let rule, !rule.methods.contains(method) else { return nil }
        return MethodNotAllowed(allowed: rule.methods, route: rule.route)
    }

    private static func matches(_ pattern: [Substring], _ words: [Substring]) -> Bool {
        pattern.count == words.count && zip(pattern, words).allSatisfy { $0.first == "{" || $0 == $1 }
    }

    private static func freedom(_ pattern: [Substring]) -> Int {
        pattern.count { $0.first == "{" }
    }
}

/// Turns a router's "not found" into "method not allowed" where that is the reason.
struct MethodMiddleware<Context: RequestContext>: RouterMiddleware {
    let methods: AllowedMethods

    func handle(
        _ request: Request,
        context: Context,
        next: @concurrent (Request, Context) async throws -> Response
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch let error as HTTPError where error.status == .notFound {
            guard let refusal = methods.refusal(of: request.method, on: request.uri.path) else { throw error }
            context.coreContext.endpointPath.value = refusal.route
            throw refusal
        }
    }
}
