import GalleryCore
import Hummingbird

/// The pages people see, rendered here so that they work without JavaScript.
struct PageRoutes: Sendable {
    let gallery: Gallery
    let links: Links
    let templates: Templates
    let signIn: (any SignInGuide)?
    /// Whether uploads need the gallery's token.
    let asksToken: Bool

    /// `GET /`: the newest pictures, or those after a cursor.
    @Sendable func gallery(request: Request, context: some RequestContext) async throws -> Response {
        let query = try PageQuery(request)
        let page = try await gallery.page(after: query.after, limit: query.limit)
        let content = GalleryPage(
            page,
            isFirst: query.after == nil,
            limits: gallery.limits,
            asksToken: asksToken,
            links: links
        )
        return try templates.gallery(content, tokenOrigin: await tokenOrigin)
    }

    /// Where the page asks for tokens; a page without it still shows pictures, so failures are the session's to tell.
    private var tokenOrigin: String? {
        get async { try? await signIn?.directions().tokenOrigin }
    }

    /// `GET /i/{id}`: one picture, with what other sites need to show it.
    @Sendable func image(request: Request, context: some RequestContext) async throws -> Response {
        guard let id = context.parameters.get("id", as: ImageID.self) else { throw HTTPError(.notFound) }
        guard case .ready(let image) = try await gallery.state(of: id) else { throw GalleryError.imageNotFound(id) }
        guard image.id == id else { return .redirect(to: image.pagePath, type: .normal) }
        return try templates.image(
            ImagePageContent(image, origin: try links.origin(of: request), links: links),
            tokenOrigin: await tokenOrigin
        )
    }
}
