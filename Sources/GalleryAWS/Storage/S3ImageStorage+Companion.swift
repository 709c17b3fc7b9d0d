package import GalleryCore
import S3

#if canImport(FoundationEssentials)
    package import FoundationEssentials
#else
    package import Foundation
#endif

/// Forms that lead to the store itself; it is not asked for keys to lend.
extension S3ImageStorage {
    package func address(of id: ImageID) -> ObjectAddress {
        let location = keys.incoming(id)
        return ObjectAddress(bucket: location.bucket.rawValue, key: location.key.rawValue)
    }

    /// Signs key, type, name and sizes, but not "only once": S3's policies have no word for it.
    ///
    /// Whoever has the form can send other bytes until it expires; only those that ingest looked at become public.
    package func presignForm(
        _ id: ImageID,
        _ file: UnmeasuredFile,
        origin: String,
        lifetime: (from: Date, seconds: Int)
    ) async throws(GalleryError) -> GalleryCore.PresignedForm {
        var fields = [PostPolicy.Field("content-type", file.mediaType)]
        for (name, value) in UploadName.metadata(file.name) {
            fields.append(PostPolicy.Field("x-amz-meta-\(name)", value))
        }
        if let acl = configuration.acl { fields.append(PostPolicy.Field("acl", acl)) }
        fields.append(PostPolicy.Field("success_action_status", "201"))
        let policy = PostPolicy(
            keys.incoming(id),
            byteCounts: 1...file.maximumByteCount,
            fields: fields,
            seconds: lifetime.seconds
        )
        let form = try await attempt("sign a form") { try await client.presignPost(policy) }
        return GalleryCore.PresignedForm(
            url: form.url.hasSuffix("/") ? form.url : form.url + "/",
            fields: form.fields.map { GalleryCore.PresignedForm.Field($0.name, $0.value) }
        )
    }

    package func temporaryCredentials(for id: ImageID) async throws(GalleryError) -> TemporaryCredentials? { nil }
}
