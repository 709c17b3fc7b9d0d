import AWSTransport
import CMathShim
import GalleryCore
import GalleryLambda
import LambdaRuntime
import Thumbnails

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The function that looks at what was uploaded, makes its public files, and sweeps.
///
/// Started as a worker that decodes pictures it is nothing else.
@main
struct IngestProgram {
    private static let name = "imgn-lambda-ingest"

    static func main() async {
        if let code = ThumbnailWorker.runIfAsked() { exit(code) }
        exit(await FunctionProgram(name: name).run(handler))
    }

    private static func handler(_ parts: FunctionProgram.Parts) throws -> LambdaRuntime.Handler {
        var configuration = IngestFunction.Configuration()
        configuration.name = parts.environment["AWS_LAMBDA_FUNCTION_NAME"] ?? name
        var gallery = try parts.gallery()
        gallery.maker = maker(parts)
        let function = IngestFunction(gallery: gallery, configuration: configuration)
        return { event, invocation in try await function.answer(event, invocation) }
    }
}
