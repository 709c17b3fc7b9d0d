package import Hummingbird

/// Answers what is S3's and passes the rest on: page, API and object store share one port.
///
/// Stands before the router's routes, because S3 needs the path as it came off the wire.
package struct ObjectStoreMiddleware<Context: RequestContext>: RouterMiddleware {
    private let front: ObjectStoreFront

    /// Makes the middleware of one front.
    package init(_ front: ObjectStoreFront) {
        self.front = front
    }

    /// Answers the request, or hands it to `next`.
    @concurrent
    package func handle(
        _ request: Request,
        context: Context,
        next: @concurrent (Request, Context) async throws -> Response
    ) async throws -> Response {
        guard front.owns(request.head) else { return try await next(request, context) }
        return try await front.respond(to: request, context: context)
    }
}
