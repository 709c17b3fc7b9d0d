import Hummingbird

/// The pages, made of the embedded templates of `ui/`, which are read once.
struct Templates: Sendable {
    private let galleryPage: Template
    private let imagePage: Template
    private let errorPage: Template
    private let origins: StorageOrigins

    /// Reads the templates.
    ///
    /// - Parameter origins: Where, beside here, pages may send uploads to and show pictures from.
    /// - Throws: When a template is broken.
    init(origins: StorageOrigins = StorageOrigins()) throws {
        self.origins = origins
        let reader = TemplateReader(sources: UIFiles.templates)
        galleryPage = try reader.template("gallery")
        imagePage = try reader.template("image")
        errorPage = try reader.template("error")
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
        _ template: Template,
        _ fields: TemplateFields,
        status: HTTPResponse.Status = .ok,
        tokenOrigin: String? = nil
    ) throws -> Response {
        let html = try template.render(fields)
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
