package import GalleryCore
import ImageMetadata
package import ObjectStore
package import SigV4

#if canImport(FoundationEssentials)
    package import FoundationEssentials
#else
    package import Foundation
#endif

/// The gallery's storage on the embedded object store: direct calls for ingest, presigned S3 for uploads.
package struct DiskImageStorage: ImageStorage {
    /// How long browsers and CDNs may keep a public object: its key never gets other bytes.
    private static let immutable = "public, max-age=31536000, immutable"

    let store: ObjectStore
    let bucket: BucketName
    let signer: Signer
    let now: @Sendable () -> Date

    /// - Parameters:
    ///   - store: Where the objects are.
    ///   - bucket: The gallery's bucket in it.
    ///   - signer: Signs upload URLs with keys that the store's front knows.
    ///   - now: The clock.
    package init(store: ObjectStore, bucket: BucketName, signer: Signer, now: @escaping @Sendable () -> Date) {
        self.store = store
        self.bucket = bucket
        self.signer = signer
        self.now = now
    }

    package func publish(_ file: PublishedFile) async throws(GalleryError) {
        var metadata = ObjectMetadata(contentType: file.format.mediaType)
        metadata.cacheControl = Self.immutable
        do {
            // `ifAbsent`: a repeated or racing call must not put a spent upload's emptiness over the picture.
            guard try await isWaiting(file.id) else { return }
            _ = try await store.copy(
                from: .incoming(file.id),
                in: bucket,
                to: .published(file),
                in: bucket,
                metadata: metadata,
                condition: .ifAbsent
            )
        } catch ObjectStoreError.preconditionFailed {
            return
        } catch {
            throw GalleryError(error, during: "publish")
        }
    }

    package func unpublish(_ file: PublishedFile) async throws(GalleryError) {
        do {
            _ = try await store.delete(.published(file), in: bucket)
        } catch {
            throw GalleryError(error, during: "unpublish")
        }
    }

    package func published(_ file: PublishedFile) async throws(GalleryError) -> PublishedObject? {
        do {
            return try await store.withObject(.published(file), in: bucket) { reader in
                PublishedObject(
                    byteCount: reader.info.byteCount,
                    etag: reader.info.etag,
                    lastModified: reader.info.modificationDate,
                    read: { try await reader.read($0) }
                )
            }
        } catch {
            throw GalleryError(error, during: "look up picture")
        }
    }

    package func checkReady() async throws(GalleryError) {
        do {
            _ = try await store.list(ListQuery(prefix: "incoming/", limit: 1), in: bucket)
        } catch {
            throw GalleryError(error, during: "look at the store")
        }
    }
}

extension ObjectInfo {
    /// When the object became visible.
    var modificationDate: Date { Date(timeIntervalSince1970: Double(lastModified) / 1000) }
}
