import CMathShim
import GalleryCore
import GalleryHosting
import GalleryLambda
import GalleryWeb
import Hummingbird
import LambdaRuntime
import LambdaWeb

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The function that answers every request for pages and API.
@main
struct APIFunction {
    /// How long whoever brings bytes through the API waits for what ingest says.
    private static let patience = Duration.seconds(20)

    static func main() async {
        exit(await FunctionProgram(name: "imgn-lambda-api").run(handler))
    }

    private static func handler(_ parts: FunctionProgram.Parts) throws -> LambdaRuntime.Handler {
        var gallery = try parts.gallery()
        gallery.ingestPlace = .elsewhere(patience: patience)
        let router = Router(context: LambdaRequestContext.self, options: .autoGenerateHeadEndpoints)
        router.add(middleware: RequestLogMiddleware())
        let web = parts.settings.gallery.web(origins: parts.storage.origins, access: parts.access)
        GalleryRoutes(gallery: gallery, configuration: web).add(to: router)
        let handler = LambdaWebHandler(
            responder: router.buildResponder(),
            configuration: LambdaWebConfiguration(elsewhere: original)
        )
        return { event, invocation in try await handler.answer(event, invocation) }
    }

    /// A picture that does not fit through the gateway can be had from the store: `/images/<id>.<ext>` → its original.
    private static func original(of request: Request) -> String? {
        let parts = request.uri.path.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 3, parts[1] == "images", let id = parts[2].split(separator: ".").first else { return nil }
        return "/api/images/\(id)/original"
    }
}
