package import GalleryCore
import Synchronization

#if canImport(FoundationEssentials)
    package import FoundationEssentials
#else
    package import Foundation
#endif

/// Forms and lent keys. A form's URL leads nowhere: tests call `put`.
extension MemoryImageStorage {
    package func address(of id: ImageID) -> ObjectAddress {
        ObjectAddress(bucket: "memory", key: "incoming/\(id)")
    }

    package func presignForm(
        _ id: ImageID,
        _ file: UnmeasuredFile,
        origin: String,
        lifetime: (from: Date, seconds: Int)
    ) async throws(GalleryError) -> PresignedForm {
        let fields = [
            PresignedForm.Field("key", address(of: id).key),
            PresignedForm.Field("content-type", file.mediaType),
            PresignedForm.Field("x-amz-meta-name", "\(file.name)"),
            PresignedForm.Field("policy", "1...\(file.maximumByteCount) for \(lifetime.seconds) s"),
        ]
        return PresignedForm(url: "\(origin)/memory/", fields: fields)
    }

    package func temporaryCredentials(for id: ImageID) async throws(GalleryError) -> TemporaryCredentials? {
        lentKeys.withLock { $0 }
    }

    /// What `temporaryCredentials` lends from now on; at first it lends none.
    package func lend(_ credentials: TemporaryCredentials) {
        lentKeys.withLock { $0 = credentials }
    }
}
