import AWSTransport
package import GalleryCore
import S3

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Uploads in parts, on the store's own.
extension S3ImageStorage {
    package func beginMultipart(
        _ id: ImageID,
        name: FileName,
        mediaType: String,
        bindsDigests: Bool
    ) async throws(GalleryError) -> LargeUpload {
        let settings = settings(ObjectSettings(contentType: mediaType, metadata: UploadName.metadata(name)))
        return try await attempt("begin upload in parts") {
            let upload = try await client.createMultipart(
                keys.incoming(id),
                settings,
                bindsChecksums: bindsDigests && abilities.partChecksums == .listed
            )
            return LargeUpload(id: id, storageID: upload.id)
        }
    }

    package func parts(of upload: LargeUpload) async throws(GalleryError) -> [ArrivedPart]? {
        guard let upload = stored(upload) else { return nil }
        return try await attempt("list parts") {
            try await known { try await client.parts(of: upload) }?.map { part in
                guard let byteCount = part.byteCount else {
                    throw AWSError(.badAnswer, "The store does not tell how large part \(part.number) is.")
                }
                return ArrivedPart(
                    number: part.number,
                    byteCount: byteCount,
                    etag: part.etag.value,
                    digest: abilities.partChecksums == .listed ? part.sha256.flatMap { ContentDigest(bytes: $0) } : nil
                )
            }
        }
    }

    package func completeMultipart(
        _ upload: LargeUpload,
        parts: [ArrivedPart]
    ) async throws(GalleryError) -> Bool {
        let list = parts.compactMap { part in
            ETag(part.etag).map { UploadedPart(number: part.number, etag: $0, sha256: part.digest?.bytes) }
        }
        guard let upload = stored(upload) else { return false }
        return try await attempt("join parts") {
            // A list without parts is malformed, whether the upload is there or not.
            guard !list.isEmpty, list.count == parts.count else {
                guard try await known({ try await client.listParts(of: upload) }) != nil else { return false }
                throw GalleryError.incompleteUpload
            }
            do {
                return try await join(list, of: upload)
            } catch let error as AWSError where error.isNoSuchUpload || error.isRefusedCondition {
                return false
            } catch let error as AWSError where error.isWrongPart {
                throw GalleryError.incompleteUpload
            }
        }
    }

    package func abortMultipart(_ upload: LargeUpload) async throws(GalleryError) {
        guard let upload = stored(upload) else { return }
        try await attempt("abort upload in parts") {
            _ = try await known { try await client.abortMultipart(upload) }
        }
    }

    package func forgetUnfinished(olderThan age: Int) async throws(GalleryError) {
        let oldest = now().addingTimeInterval(-TimeInterval(age))
        try await attempt("forget unfinished uploads") {
            var marker: MultipartPage.Marker?
            repeat {
                let page = try await client.listMultiparts(
                    in: keys.bucket,
                    prefix: keys.incomingPrefix,
                    after: marker
                )
                for entry in page.uploads where entry.initiated.map({ $0.date < oldest }) ?? false {
                    try await client.abortMultipart(entry.upload)
                }
                guard page.next == nil || page.next != marker else {
                    throw AWSError(.badAnswer, "The store's listing of uploads does not go forward.")
                }
                marker = page.next
            } while marker != nil
        }
    }

    /// The upload as the store knows it; `nil` when no store calls one so.
    func stored(_ upload: LargeUpload) -> MultipartUpload? {
        MultipartUpload(keys.incoming(upload.id), id: upload.storageID)
    }

    /// What the body returns; `nil` when the store finds that an upload can have no such id.
    private func known<Answer>(_ body: () async throws -> Answer?) async throws -> Answer? {
        do {
            return try await body()
        } catch let error as AWSError where error.isOddUploadID {
            return nil
        }
    }

    /// Joins the parts unless something stands there; a store that would replace it is asked before.
    private func join(_ parts: [UploadedPart], of upload: MultipartUpload) async throws -> Bool {
        guard !abilities.conditionalWrites else {
            try await client.completeMultipart(upload, parts, condition: .ifAbsent)
            return true
        }
        guard try await client.headObject(upload.location) == nil else { return false }
        try await client.completeMultipart(upload, parts)
        return true
    }
}

extension AWSError {
    /// Whether a request that brings nothing but an upload's id is refused for what it brings, as SeaweedFS does.
    fileprivate var isOddUploadID: Bool {
        status == 400 && (code == "InvalidRequest" || code == "InvalidArgument")
    }

    /// Whether the parts do not make the object that was asked for.
    fileprivate var isWrongPart: Bool {
        switch code {
        case "InvalidPart", "InvalidPartOrder", "EntityTooSmall": true
        default: isWrongDigest
        }
    }
}
