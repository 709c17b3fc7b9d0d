package import GalleryCore
package import ImageMetadata
package import NIOCore
import Thumbnails

/// `RenditionMaker` by libvips, in processes of their own.
package struct WorkerRenditionMaker: RenditionMaker {
    package let formats: Set<ImageFormat>
    private let pool: WorkerPool

    /// - Parameters:
    ///   - pool: The processes.
    ///   - takesTIFF: Whether TIFF is decoded, too.
    package init(_ pool: WorkerPool, takesTIFF: Bool = false) {
        self.pool = pool
        let always: Set<ImageFormat> = [.jpeg, .png, .gif, .webp, .avif, .heic]
        formats = takesTIFF ? always.union([.tiff]) : always
    }

    package func make(
        _ request: RenditionRequest,
        from upload: (_ write: (ByteBuffer) async throws -> Void) async throws -> Void,
        publish: (
            _ kind: PublishedFile.Kind,
            _ fill: (_ write: (ByteBuffer) async throws -> Void) async throws -> Void
        ) async throws -> Void
    ) async throws -> RenditionResult {
        guard formats.contains(request.format) else { throw RenditionError.unreadable }
        return try await pool.withWorker { worker in
            var exchange = WorkerExchange(worker, request, pool)
            return try await withTaskCancellationHandler {
                try await exchange.run(from: upload, publish: publish)
            } onCancel: {
                worker.kill()
            }
        }
    }
}
