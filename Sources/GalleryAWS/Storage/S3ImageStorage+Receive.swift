package import GalleryCore
package import NIOCore
import S3

extension S3ImageStorage {
    package func receive(
        _ id: ImageID,
        name: FileName,
        limit: Int64,
        fill: (_ write: (ByteBuffer) async throws -> Void) async throws -> Void
    ) async throws {
        let settings = settings(ObjectSettings(metadata: UploadName.metadata(name)))
        var writer = ObjectWriter(client, to: keys.incoming(id), settings, abilities)
        do {
            try await fill { buffer in
                guard writer.byteCount + Int64(buffer.readableBytes) <= limit else {
                    throw GalleryError.tooLarge(limit: limit)
                }
                try await attempt("receive") { try await writer.write(buffer) }
            }
            guard writer.byteCount > 0 else {
                throw GalleryError.invalidRequest("The file is empty: there is nothing to share.")
            }
            try await attempt("receive") { try await writer.finish() }
        } catch {
            await writer.abort()
            throw error
        }
    }
}
