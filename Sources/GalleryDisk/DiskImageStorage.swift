package import GalleryCore
import ImageMetadata
package import NIOCore
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

    package func publish(
        _ file: PublishedFile,
        fill: (_ write: (ByteBuffer) async throws -> Void) async throws -> Void
    ) async throws {
        var metadata = ObjectMetadata(contentType: file.format.mediaType)
        metadata.cacheControl = Self.immutable
        let plan = UploadPlan(metadata: metadata, condition: .always, computesMD5: false)
        do {
            try await store.withUpload(to: .published(file), in: bucket, plan: plan) { upload in
                try await fill { try await upload.write($0) }
                _ = try await upload.commit(UploadCommit())
            }
        } catch let error as ObjectStoreError {
            throw GalleryError(error, during: "publish")
        }
    }

    package func unpublish(_ files: [PublishedFile]) async throws(GalleryError) {
        do {
            for file in files { _ = try await store.delete(.published(file), in: bucket) }
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

    package func publicAddress(of file: PublishedFile) -> String? { nil }

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

    /// Tells these bytes from others that were under the same key before or after.
    var version: String { "\(etag)@\(lastModified)" }

    /// The digest that identifies the bytes; `nil` when only reading them can tell.
    var contentDigest: ContentDigest? {
        guard byteCount > ContentDigest.maximumSingleByteCount else {
            return parts == nil ? sha256.flatMap(ContentDigest.init(bytes:)) : nil
        }
        let plan = PartPlan(byteCount: byteCount)
        guard let parts, parts.byteCounts == (1...plan.partCount).compactMap(plan.byteCount(ofPart:)) else {
            return nil
        }
        return ContentDigest(bytes: parts.sha256)
    }
}
