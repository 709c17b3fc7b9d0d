package import GalleryCore
import ObjectStore

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Uploads in parts, on the store's own multipart uploads.
extension DiskImageStorage {
    package func beginMultipart(
        _ id: ImageID,
        name: FileName,
        mediaType: String,
        bindsDigests: Bool
    ) async throws(GalleryError) -> LargeUpload {
        var metadata = ObjectMetadata(contentType: mediaType)
        metadata.user[UploadName.metadataKey] = UploadName.encode(name)
        let plan = MultipartPlan(metadata: metadata, checksumAlgorithm: bindsDigests ? .sha256 : nil)
        do {
            let upload = try await store.createMultipart(to: .incoming(id), in: bucket, plan: plan)
            return LargeUpload(id: id, storageID: upload.id.rawValue)
        } catch {
            throw GalleryError(error, during: "begin upload in parts")
        }
    }

    package func parts(of upload: LargeUpload) async throws(GalleryError) -> [ArrivedPart]? {
        guard let upload = stored(upload) else { return nil }
        do {
            let most = MultipartUpload.maximumPartCount
            return try await store.parts(of: upload, after: 0, limit: most).parts.map(ArrivedPart.init)
        } catch ObjectStoreError.noSuchUpload {
            return nil
        } catch {
            throw GalleryError(error, during: "list parts")
        }
    }

    package func completeMultipart(
        _ upload: LargeUpload,
        parts: [ArrivedPart]
    ) async throws(GalleryError) -> Bool {
        guard let upload = stored(upload) else { return false }
        let list = parts.map { CompletedPart(number: $0.number, etag: $0.etag) }
        do {
            _ = try await store.completeMultipart(upload, parts: list, condition: .ifAbsent)
            return true
        } catch ObjectStoreError.noSuchUpload, ObjectStoreError.preconditionFailed {
            return false
        } catch ObjectStoreError.invalidPart, ObjectStoreError.partTooSmall {
            throw .incompleteUpload
        } catch {
            throw GalleryError(error, during: "join parts")
        }
    }

    package func abortMultipart(_ upload: LargeUpload) async throws(GalleryError) {
        guard let upload = stored(upload) else { return }
        do {
            _ = try await store.abortMultipart(upload)
        } catch {
            throw GalleryError(error, during: "abort upload in parts")
        }
    }

    package func forgetUnfinished(olderThan age: Int) async throws(GalleryError) {
        let oldest = Int64(now().timeIntervalSince1970 * 1000) - Int64(age) * 1000
        do {
            _ = try await store.sweepMultiparts(startedBefore: oldest)
        } catch {
            throw GalleryError(error, during: "forget unfinished uploads")
        }
    }

    /// The store's upload; `nil` when its id is none of ours.
    private func stored(_ upload: LargeUpload) -> MultipartUpload? {
        MultipartUploadID(rawValue: upload.storageID).map {
            MultipartUpload(bucket: bucket, key: .incoming(upload.id), id: $0)
        }
    }
}

extension ArrivedPart {
    fileprivate init(_ part: StoredPart) {
        self.init(
            number: part.number,
            byteCount: part.byteCount,
            etag: part.etag,
            digest: ContentDigest(bytes: part.sha256)
        )
    }
}
