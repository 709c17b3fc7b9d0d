package import GalleryCore
import HTTPTypes
import S3
import SigV4

#if canImport(FoundationEssentials)
    package import FoundationEssentials
#else
    package import Foundation
#endif

/// Forms with a POST policy, and keys that can write one upload, where the store has an STS.
extension S3ImageStorage {
    package func address(of id: ImageID) -> ObjectAddress {
        let location = keys.incoming(id)
        return ObjectAddress(bucket: location.bucket.rawValue, key: location.key.rawValue)
    }

    /// Signs key, type, name and sizes; S3 has no way to say "only once" in a form.
    ///
    /// What comes a second time is harmless: ingest publishes exactly the version that it has looked at.
    package func presignForm(
        _ id: ImageID,
        _ file: UnmeasuredFile,
        origin: String,
        lifetime: (from: Date, seconds: Int)
    ) async throws(GalleryError) -> GalleryCore.PresignedForm {
        var fields = [
            PostPolicy.Field("content-type", file.mediaType), PostPolicy.Field("success_action_status", "201"),
        ]
        for (name, value) in UploadName.metadata(file.name) {
            fields.append(PostPolicy.Field("x-amz-meta-\(name.canonicalName)", value))
        }
        if let acl = configuration.acl { fields.append(PostPolicy.Field("acl", acl)) }
        let policy = PostPolicy(
            keys.incoming(id),
            byteCounts: 1...file.maximumByteCount,
            fields: fields,
            seconds: lifetime.seconds
        )
        return try await attempt("sign a form") {
            let form = try await client.presignPost(policy)
            let url = form.url.hasSuffix("/") ? form.url : form.url + "/"
            return GalleryCore.PresignedForm(url: url, fields: form.fields.map { .init($0.name, $0.value) })
        }
    }

    package func temporaryCredentials(for id: ImageID) async throws(GalleryError) -> TemporaryCredentials? {
        guard let lender = configuration.lender else { return nil }
        return try await attempt("borrow keys") { try await lender.lend(keys.incoming(id)) }
    }
}
