import GalleryCore
import GalleryHosting
import GalleryRenditions
import Logging
import Thumbnails

/// What makes the public files of pictures in this process.
extension Server {
    /// Has a maker ready for as long as the body runs; no process of it is left then.
    ///
    /// A worker is started at once, so that a machine without a decoder is found out before the first upload.
    /// - Throws: ``StartFailure/decoder(reason:)``, and what `body` throws.
    func withMaker(_ body: (any RenditionMaker) async throws -> Void) async throws {
        let settings = configuration.gallery.ingest
        guard settings.makesRenditions, configuration.role.ingests else { return try await body(PlainMaker()) }
        let limits = WorkerConfiguration(
            memoryByteCount: Int(clamping: settings.decodeMemory),
            seconds: Int(settings.decodeTimeout.components.seconds)
        )
        let pool = WorkerPool(limits, logger: logger)
        do {
            let greeting = try await pool.prepare()
            logger.debug("pictures can be decoded", metadata: ["libvips": "\(greeting.library)"])
        } catch RenditionError.unavailable(let reason) {
            throw StartFailure.decoder(reason: reason)
        }
        let outcome: Result<Void, any Error>
        do {
            outcome = .success(try await body(WorkerRenditionMaker(pool, takesTIFF: settings.takesTIFF)))
        } catch {
            outcome = .failure(error)
        }
        await pool.shutDown()
        try outcome.get()
    }
}
