import AWSTransport
package import GalleryCore
import ImageMetadata
import S3

extension S3ImageStorage {
    /// How long browsers and CDNs may keep a public object: its key never gets other bytes.
    private static let immutable = "public, max-age=31536000, immutable"

    /// The most bytes that S3 copies at once.
    private static let maximumCopyByteCount: Int64 = 5 << 30

    package func publish(_ object: IncomingObject, as file: PublishedFile) async throws(GalleryError) -> Bool {
        let settings = settings(ObjectSettings(contentType: file.format.mediaType, cacheControl: Self.immutable))
        return try await attempt("publish") {
            do {
                if abilities.copyConditions, object.byteCount <= Self.maximumCopyByteCount {
                    if try await copy(object, to: file, settings) { return true }
                } else if try await rewrite(object, as: file, settings) {
                    return true
                }
            } catch let error as AWSError where error.isOutdated {
                // The source is another, or the file is public already: the question below tells which.
            }
            return try await client.headObject(keys.published(file)) != nil
        }
    }

    /// Has the store copy the bytes, if they still are those that were looked at.
    ///
    /// A repeated copy puts the same bytes in their own place, so it does no harm where `If-None-Match` is ignored.
    private func copy(_ object: IncomingObject, to file: PublishedFile, _ settings: ObjectSettings) async throws -> Bool
    {
        guard let version = ETag(object.version) else { return false }
        let copy = ObjectCopy(
            of: keys.incoming(object.id),
            ifMatch: version,
            settings: settings,
            condition: abilities.copiesIfAbsent ? .ifAbsent : .none
        )
        return try await client.copyObject(copy, to: keys.published(file)) != nil
    }

    /// Reads the bytes that were looked at and writes exactly those, in memory of a part or two.
    ///
    /// - Returns: False when they are gone or others; nothing is written then.
    private func rewrite(
        _ object: IncomingObject,
        as file: PublishedFile,
        _ settings: ObjectSettings
    ) async throws -> Bool {
        var writer = ObjectWriter(client, to: keys.published(file), settings, abilities)
        do {
            var start: Int64 = 0
            while start < object.byteCount {
                let end = min(start + PartPlan.partByteCount, object.byteCount)
                guard let bytes = try await read(object, start..<end) else {
                    await writer.abort()
                    return false
                }
                try await writer.write(bytes)
                start = end
            }
            try await writer.finish()
            return true
        } catch {
            await writer.abort()
            throw error
        }
    }
}
