package import GalleryCore
import HTTPTypes
import ObjectStore
import SigV4

#if canImport(FoundationEssentials)
    package import FoundationEssentials
#else
    package import Foundation
#endif

extension DiskImageStorage {
    /// Signs key, length, type, digest and "only once"; the name travels in the signed query as user metadata.
    package func presignUpload(
        _ id: ImageID,
        _ request: UploadRequest,
        origin: String,
        lifetime: (from: Date, seconds: Int)
    ) async throws(GalleryError) -> PresignedUpload {
        var headers = [PresignedUpload.Header(name: "content-type", value: request.mediaType)]
        if let digest = request.digest { headers.append(.digest(digest)) }
        headers.append(PresignedUpload.Header(name: "if-none-match", value: "*"))
        let name = Self.encoded(UploadName.encode(request.name))
        let put = PlannedRequest(
            method: .put,
            target: "\(path(of: .incoming(id)))?x-amz-meta-\(UploadName.metadataKey)=\(name)",
            byteCount: request.byteCount,
            headers: headers
        )
        return PresignedUpload(url: presign(put, origin: origin, lifetime: lifetime), headers: headers)
    }

    /// Signs key, upload, number, and length and digest where they are known.
    package func presignPart(
        _ part: UploadPart,
        of upload: LargeUpload,
        origin: String,
        lifetime: (from: Date, seconds: Int)
    ) async throws(GalleryError) -> PresignedUpload {
        let headers = part.digest.map { [PresignedUpload.Header.digest($0)] } ?? []
        let path = path(of: .incoming(upload.id))
        let put = PlannedRequest(
            method: .put,
            target: "\(path)?partNumber=\(part.number)&uploadId=\(Self.encoded(upload.storageID))",
            byteCount: part.byteCount,
            headers: headers
        )
        return PresignedUpload(url: presign(put, origin: origin, lifetime: lifetime), headers: headers)
    }

    package func presignDownload(
        _ file: PublishedFile,
        as name: FileName,
        origin: String,
        lifetime: (from: Date, seconds: Int)
    ) async throws(GalleryError) -> String {
        let disposition = Self.encoded(AttachmentHeader(name).description)
        let get = PlannedRequest(
            method: .get,
            target: "\(path(of: .published(file)))?response-content-disposition=\(disposition)"
        )
        return presign(get, origin: origin, lifetime: lifetime)
    }

    /// A request that someone else will send.
    private struct PlannedRequest {
        let method: HTTPRequest.Method
        let target: String
        var byteCount: Int64?
        var headers: [PresignedUpload.Header] = []
    }

    private func presign(
        _ request: PlannedRequest,
        origin: String,
        lifetime: (from: Date, seconds: Int)
    ) -> String {
        var fields = HTTPFields()
        if let byteCount = request.byteCount { fields[.contentLength] = "\(byteCount)" }
        for header in request.headers {
            if let name = HTTPField.Name(header.name) { fields[name] = header.value }
        }
        let unsigned = SignableRequest(
            method: request.method,
            host: Self.authority(of: origin),
            target: request.target,
            headers: fields
        )
        let date = SigningDate(secondsSince1970: Int64(lifetime.from.timeIntervalSince1970.rounded(.down)))
        return origin + signer.presign(unsigned, at: date, expiresInSeconds: lifetime.seconds)
    }

    private func path(of key: ObjectKey) -> String { "/\(bucket)/\(key)" }

    private static func encoded(_ text: String) -> String { URICoding.encode(text, keepingSlash: false) }

    /// What stands behind `scheme://`.
    private static func authority(of origin: String) -> String {
        origin.split(separator: "/", omittingEmptySubsequences: true).dropFirst().first.map(String.init) ?? origin
    }
}

extension PresignedUpload.Header {
    /// Binds the SHA-256 of the body.
    fileprivate static func digest(_ digest: ContentDigest) -> PresignedUpload.Header {
        PresignedUpload.Header(name: "x-amz-checksum-sha256", value: digest.base64)
    }
}
