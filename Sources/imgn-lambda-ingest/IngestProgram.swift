import AWSTransport
import CMathShim
import GalleryCore
import GalleryHosting
import GalleryLambda
import GalleryRenditions
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

    /// What makes public files; its workers are started by the first picture, and end with this process.
    private static func maker(_ parts: FunctionProgram.Parts) -> any RenditionMaker {
        let settings = parts.settings.gallery.ingest
        guard settings.makesRenditions else { return PlainMaker() }
        let limits = WorkerConfiguration(
            memoryByteCount: Int(clamping: settings.decodeMemory),
            seconds: Int(settings.decodeTimeout.components.seconds)
        )
        return WorkerRenditionMaker(WorkerPool(limits, logger: parts.logger), takesTIFF: settings.takesTIFF)
    }
}
