package import GalleryCore
import HTTPTypes
import S3

#if canImport(FoundationEssentials)
    package import FoundationEssentials
#else
    package import Foundation
#endif

/// URLs that lead to the store itself, at its own origin and by its own clock.
extension S3ImageStorage {
    package func presignUpload(
        _ id: ImageID,
        _ request: UploadRequest,
        origin: String,
        lifetime: (from: Date, seconds: Int)
    ) async throws(GalleryError) -> PresignedUpload {
        let body = PresignedBody(byteCount: request.byteCount, sha256: request.digest?.bytes)
        let settings = settings(
            ObjectSettings(contentType: request.mediaType, metadata: UploadName.metadata(request.name))
        )
        let terms = PresignTerms(condition: .ifAbsent, seconds: lifetime.seconds)
        return try await attempt("sign an upload") {
            PresignedUpload(try await client.presignPut(keys.incoming(id), body, settings, terms))
        }
    }

    package func presignPart(
        _ part: UploadPart,
        of upload: LargeUpload,
        origin: String,
        lifetime: (from: Date, seconds: Int)
    ) async throws(GalleryError) -> PresignedUpload {
        let sha256 = abilities.partChecksums == .ignored ? nil : part.digest?.bytes
        let body = PresignedBody(byteCount: part.byteCount, sha256: sha256)
        guard let upload = stored(upload) else { throw .uploadGone }
        return try await attempt("sign a part") {
            PresignedUpload(try await client.presignPart(part.number, of: upload, body, seconds: lifetime.seconds))
        }
    }

    package func presignDownload(
        _ file: PublishedFile,
        as name: FileName,
        origin: String,
        lifetime: (from: Date, seconds: Int)
    ) async throws(GalleryError) -> String {
        let overrides = ResponseOverrides(contentDisposition: AttachmentHeader(name).description)
        return try await attempt("sign a download") {
            try await client.presignGet(keys.published(file), overrides, seconds: lifetime.seconds).url
        }
    }
}

extension PresignedUpload {
    /// Takes over what must be sent along, names in lower case, `content-type` first and conditions last.
    fileprivate init(_ request: PresignedRequest) {
        let headers = request.headers.map { Header(name: $0.name.canonicalName, value: $0.value) }
        self.init(url: request.url, headers: headers.sorted { Self.rank($0) < Self.rank($1) })
    }

    /// What headers are sorted by.
    private static func rank(_ header: Header) -> (Int, String) {
        switch header.name {
        case "content-type": (0, header.name)
        case "if-none-match": (2, header.name)
        default: (1, header.name)
        }
    }
}
