import Hummingbird
import Synchronization

/// The pages, made of the embedded templates of `ui/`, each of which is read once, when it is first shown.
struct Templates: Sendable {
    private let galleryPage = TemplateOnce("gallery")
    private let imagePage = TemplateOnce("image")
    private let errorPage = TemplateOnce("error")
    private let origins: StorageOrigins

    /// - Parameter origins: Where, beside here, pages may send uploads to and show pictures from.
    init(origins: StorageOrigins = StorageOrigins()) {
        self.origins = origins
    }

    /// - Parameters:
    ///   - page: What is shown.
    ///   - tokenOrigin: Where the page asks for tokens when people sign in.
    /// - Returns: The page.
    /// - Throws: When the template asks for what the page does not say.
    func gallery(_ page: GalleryPage, tokenOrigin: String? = nil) throws -> Response {
        try render(galleryPage, page.fields, tokenOrigin: tokenOrigin)
    }

    func image(_ image: ImagePageContent, tokenOrigin: String? = nil) throws -> Response {
        try render(imagePage, image.fields, tokenOrigin: tokenOrigin)
    }

    func error(_ problem: Problem, status: HTTPResponse.Status) throws -> Response {
        let fields: TemplateFields = [
            "title": .text(problem.title), "status": .number(problem.status), "detail": .text(problem.detail),
        ]
        return try render(errorPage, fields, status: status)
    }

    private func render(
        _ template: TemplateOnce,
        _ fields: TemplateFields,
        status: HTTPResponse.Status = .ok,
        tokenOrigin: String? = nil
    ) throws -> Response {
        let html = try template.read().render(fields)
        let headers: HTTPFields = [
            .contentType: "text/html; charset=utf-8",
            .cacheControl: "no-store",
            .contentSecurityPolicy: policy(tokenOrigin),
        ]
        return Response(status: status, headers: headers, body: ResponseBody(byteBuffer: html))
    }

    /// Only our own files and pictures; nothing inline.
    private func policy(_ tokenOrigin: String?) -> String {
        func sources(_ others: [String]) -> String { others.map { " \($0)" }.joined() }
        return [
            "default-src 'none'", "script-src 'self'", "style-src 'self'",
            "img-src 'self' blob: data:\(sources(origins.pictures))",
            "connect-src 'self'\(sources(origins.uploads + [tokenOrigin].compactMap(\.self)))",
            "form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'", "manifest-src 'self'",
        ].joined(separator: "; ")
    }
}

/// An embedded template that is read when it is first asked for.
///
/// Mutable state: what was read.
private final class TemplateOnce: Sendable {
    private let name: String
    private let template = Mutex<Template?>(nil)

    init(_ name: String) {
        self.name = name
    }

    func read() throws -> Template {
        try template.withLock { template in
            if let template { return template }
            let read = try TemplateReader(sources: UIFiles.templates).template(name)
            template = read
            return read
        }
    }
}
