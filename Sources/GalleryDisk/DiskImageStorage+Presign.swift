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
    ) throws(GalleryError) -> PresignedUpload {
        let headers = [
            PresignedUpload.Header(name: "content-type", value: request.mediaType),
            PresignedUpload.Header(name: "x-amz-checksum-sha256", value: request.digest.base64),
            PresignedUpload.Header(name: "if-none-match", value: "*"),
        ]
        var fields: HTTPFields = [.contentLength: "\(request.byteCount)"]
        for header in headers {
            if let name = HTTPField.Name(header.name) { fields[name] = header.value }
        }
        let name = URICoding.encode(UploadName.encode(request.name), keepingSlash: false)
        let unsigned = SignableRequest(
            method: .put,
            host: Self.authority(of: origin),
            target: "/\(bucket)/\(ObjectKey.incoming(id))?x-amz-meta-\(UploadName.metadataKey)=\(name)",
            headers: fields
        )
        let date = SigningDate(secondsSince1970: Int64(lifetime.from.timeIntervalSince1970.rounded(.down)))
        return PresignedUpload(
            url: origin + signer.presign(unsigned, at: date, expiresInSeconds: lifetime.seconds),
            headers: headers
        )
    }

    /// What stands behind `scheme://`.
    private static func authority(of origin: String) -> String {
        origin.split(separator: "/", omittingEmptySubsequences: true).dropFirst().first.map(String.init) ?? origin
    }
}
