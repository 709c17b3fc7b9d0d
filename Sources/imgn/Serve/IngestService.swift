import GalleryCore
import ServiceLifecycle

/// The ingest worker as a service: it finishes the pictures under way when the server stops.
struct IngestService: Service {
    let worker: IngestWorker
    let signals: IngestSignals

    func run() async throws {
        await withGracefulShutdownHandler {
            await worker.run()
        } onGracefulShutdown: {
            signals.finish()
        }
    }
}
