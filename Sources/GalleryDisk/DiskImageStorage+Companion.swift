package import GalleryCore
import ObjectStore
import SigV4

#if canImport(FoundationEssentials)
    package import FoundationEssentials
#else
    package import Foundation
#endif

/// Forms with a POST policy; the store has no keys to lend.
extension DiskImageStorage {
    package func address(of id: ImageID) -> ObjectAddress {
        ObjectAddress(bucket: bucket.rawValue, key: ObjectKey.incoming(id).rawValue)
    }

    /// Signs key, type, name, sizes and "only once": the store takes `if-none-match` in a form, which S3 does not.
    package func presignForm(
        _ id: ImageID,
        _ file: UnmeasuredFile,
        origin: String,
        lifetime: (from: Date, seconds: Int)
    ) async throws(GalleryError) -> PresignedForm {
        let start = Int64(lifetime.from.timeIntervalSince1970.rounded(.down))
        let date = SigningDate(secondsSince1970: start)
        let policy = FormPolicy(
            bucket: bucket.rawValue,
            fields: [
                FormPolicy.Field("key", address(of: id).key),
                FormPolicy.Field("content-type", file.mediaType),
                FormPolicy.Field("x-amz-meta-\(UploadName.metadataKey)", UploadName.encode(file.name)),
                FormPolicy.Field("if-none-match", "*"),
                FormPolicy.Field("success_action_status", "201"),
            ],
            byteCounts: 1...file.maximumByteCount,
            expiration: SigningDate(secondsSince1970: start + Int64(lifetime.seconds))
        )
        let fields = [FormPolicy.Field("bucket", bucket.rawValue)] + signer.form(policy, at: date)
        return PresignedForm(
            url: "\(origin)/\(bucket)/",
            fields: fields.map { PresignedForm.Field($0.name, $0.value) }
        )
    }

    package func temporaryCredentials(for id: ImageID) async throws(GalleryError) -> TemporaryCredentials? { nil }
}
