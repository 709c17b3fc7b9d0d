import Hummingbird
import Mustache

/// The embedded Mustache templates of `ui/`, parsed once.
struct Templates: Sendable {
    private let library: MustacheLibrary
    private let policy: String

    /// Parses the templates.
    ///
    /// - Parameter origins: Where, beside here, pages may send uploads to and show pictures from.
    /// - Throws: When a template is broken.
    init(origins: StorageOrigins = StorageOrigins()) throws {
        policy = Self.policy(origins)
        var templates: [String: MustacheTemplate] = [:]
        MustacheContentTypes.register(HTMLText(), named: HTMLText.name)
        for (name, source) in UIFiles.templates {
            // Each partial starts over with the library's own escaping, so each file asks for ours.
            let text = "{{% CONTENT_TYPE: \(HTMLText.name)}}" + String(decoding: source, as: UTF8.self)
            templates[name] = try MustacheTemplate(string: text)
        }
        library = MustacheLibrary(templates: templates)
    }

    func gallery(_ page: GalleryPage) throws -> Response {
        try render("gallery", page)
    }

    func image(_ image: ImagePageContent) throws -> Response {
        try render("image", image)
    }

    func error(_ problem: Problem, status: HTTPResponse.Status) throws -> Response {
        try render("error", problem, status: status)
    }

    private func render(_ name: String, _ content: Any, status: HTTPResponse.Status = .ok) throws -> Response {
        guard let html = library.render(content, withTemplate: name) else { throw HTTPError(.internalServerError) }
        let headers: HTTPFields = [
            .contentType: "text/html; charset=utf-8",
            .cacheControl: "no-store",
            .contentSecurityPolicy: policy,
        ]
        return Response(status: status, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(string: html)))
    }

    /// Only our own files and pictures; nothing inline.
    private static func policy(_ origins: StorageOrigins) -> String {
        func sources(_ others: [String]) -> String { others.map { " \($0)" }.joined() }
        return [
            "default-src 'none'", "script-src 'self'", "style-src 'self'",
            "img-src 'self' blob: data:\(sources(origins.pictures))", "connect-src 'self'\(sources(origins.uploads))",
            "form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'", "manifest-src 'self'",
        ].joined(separator: "; ")
    }
}
