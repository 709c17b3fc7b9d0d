import AWSTransport
import GalleryCore
import GalleryHosting
import GalleryLambda
import GalleryRenditions

/// What makes the public files of pictures in this function.
extension IngestProgram {
    /// Bytes of the function's memory that decoding does not get: for the function itself, libvips at rest, and what is
    /// on its way to the store.
    private static let ownByteCount: Int64 = 256 << 20

    /// Worker processes of this very program; none is started before a picture comes, so that the first event is asked
    /// for without waiting for libvips.
    static func maker(_ parts: FunctionProgram.Parts) -> any RenditionMaker {
        let settings = parts.settings.gallery.ingest
        guard settings.makesRenditions else { return PlainMaker() }
        var workers = WorkerConfiguration(
            memoryByteCount: Int(clamping: settings.decodeMemory),
            seconds: Int(settings.decodeTimeout.components.seconds)
        )
        if let mebibytes = parts.environment["AWS_LAMBDA_FUNCTION_MEMORY_SIZE"].flatMap({ Int64($0) }) {
            let fitting = (mebibytes << 20 - ownByteCount) / settings.decodeMemory
            workers.workerCount = min(workers.workerCount, max(1, Int(clamping: fitting)))
        }
        return WorkerRenditionMaker(WorkerPool(workers, logger: parts.logger), takesTIFF: settings.takesTIFF)
    }
}
