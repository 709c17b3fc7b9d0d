package import GalleryCore
import Synchronization

#if canImport(FoundationEssentials)
    package import FoundationEssentials
#else
    package import Foundation
#endif

/// Uploads in parts. Their URLs lead nowhere either: tests call `putPart`.
extension MemoryImageStorage {
    /// What a PUT to a part's URL does; false when there is no such upload.
    @discardableResult
    package func putPart(_ bytes: [UInt8], number: Int, of upload: LargeUpload) -> Bool {
        content.withLock { content in
            guard content.multiparts[upload] != nil else { return false }
            content.multiparts[upload]?.bytes[number] = bytes
            return true
        }
    }

    /// The uploads in parts under way.
    package var multiparts: [LargeUpload] { content.withLock { Array($0.multiparts.keys) } }

    package func beginMultipart(
        _ id: ImageID,
        name: FileName,
        mediaType: String,
        bindsDigests: Bool
    ) async throws(GalleryError) -> LargeUpload {
        let time = now()
        return content.withLock { content in
            content.multipartCount += 1
            let upload = LargeUpload(id: id, storageID: "memory-\(content.multipartCount)")
            content.multiparts[upload] = Parts(name: name, begunAt: time)
            return upload
        }
    }

    package func presignPart(
        _ part: UploadPart,
        of upload: LargeUpload,
        origin: String,
        lifetime: (from: Date, seconds: Int)
    ) async throws(GalleryError) -> PresignedUpload {
        let headers = part.digest.map { [PresignedUpload.Header(name: "x-amz-checksum-sha256", value: $0.base64)] }
        let url = "\(origin)/memory/\(upload.id)?partNumber=\(part.number)&uploadId=\(upload.storageID)"
        return PresignedUpload(url: url, headers: headers ?? [])
    }

    package func parts(of upload: LargeUpload) async throws(GalleryError) -> [ArrivedPart]? {
        content.withLock { content in
            content.multiparts[upload]?.bytes.sorted { $0.key < $1.key }.map { number, bytes in
                let digest = Self.digest(of: bytes)
                return ArrivedPart(number: number, byteCount: Int64(bytes.count), etag: digest.base64, digest: digest)
            }
        }
    }

    package func completeMultipart(
        _ upload: LargeUpload,
        parts: [ArrivedPart]
    ) async throws(GalleryError) -> Bool {
        content.withLock { content in
            guard let stored = content.multiparts[upload], content.incoming[upload.id.rawValue] == nil else {
                return false
            }
            let bytes = parts.flatMap { stored.bytes[$0.number] ?? [] }
            content.incoming[upload.id.rawValue] = .waiting(bytes, name: stored.name)
            content.multiparts[upload] = nil
            return true
        }
    }

    package func abortMultipart(_ upload: LargeUpload) async throws(GalleryError) {
        content.withLock { $0.multiparts[upload] = nil }
    }

    package func forgetUnfinished(olderThan age: Int) async throws(GalleryError) {
        try checkTidying()
        let oldest = now().addingTimeInterval(-Double(age))
        content.withLock { content in content.multiparts = content.multiparts.filter { $0.value.begunAt >= oldest } }
    }
}
