import AWSTransport
package import GalleryCore
import ImageMetadata
package import NIOCore
import S3

extension S3ImageStorage {
    /// How long browsers and CDNs may keep a public object: its key never gets other pixels.
    private static let immutable = "public, max-age=31536000, immutable"

    /// How much is asked for at once while all of an upload is read: a picture of 12 megapixels takes two requests.
    private static let readByteCount: Int64 = 4 << 20

    package func readIncoming(
        _ object: IncomingObject,
        _ take: (ByteBuffer) async throws -> Void
    ) async throws -> Bool {
        var start: Int64 = 0
        while start < object.byteCount {
            let end = min(start + Self.readByteCount, object.byteCount)
            guard let bytes = try await attempt("read upload", { try await read(object, start..<end) }) else {
                return false
            }
            try await take(bytes)
            start = end
        }
        return true
    }

    package func publish(
        _ file: PublishedFile,
        fill: (_ write: (ByteBuffer) async throws -> Void) async throws -> Void
    ) async throws {
        let settings = ObjectSettings(contentType: file.format.mediaType, cacheControl: Self.immutable)
        try await write(keys.published(file), settings, fill: fill)
    }

    package func keepOriginal(_ object: IncomingObject) async throws(GalleryError) -> Bool {
        do {
            let settings = ObjectSettings(metadata: UploadName.metadata(object.name))
            try await write(keys.original(object.id), settings) { write in
                guard try await readIncoming(object, write) else { throw Gone() }
            }
            return true
        } catch is Gone {
            return false
        } catch {
            throw GalleryError(error, during: "keep original")
        }
    }

    package func dropOriginal(_ id: ImageID) async throws(GalleryError) {
        try await attempt("drop original") { try await client.deleteObject(keys.original(id)) }
    }

    /// The bytes are gone, or others.
    private struct Gone: Error {}

    /// Writes an object in memory of a part or two, or nothing.
    private func write(
        _ location: S3Location,
        _ settings: ObjectSettings,
        fill: (_ write: (ByteBuffer) async throws -> Void) async throws -> Void
    ) async throws {
        var writer = ObjectWriter(client, to: location, self.settings(settings), abilities, replaces: true)
        do {
            try await fill { piece in try await attempt("publish") { try await writer.write(piece) } }
            try await attempt("publish") { try await writer.finish() }
        } catch {
            await writer.abort()
            throw error
        }
    }
}
