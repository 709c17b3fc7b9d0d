#if canImport(FoundationEssentials)
    package import FoundationEssentials
#else
    package import Foundation
#endif

/// What a ticket allows, sealed so that the API keeps no state for an upload that may never come.
package struct TicketClaims: Codable, Equatable, Sendable {
    package let id: ImageID
    /// The file's size; `nil` when the sender's protocol does not say it (Uppy's).
    package let byteCount: Int64?
    /// The store's name of the upload in parts; `nil` for a ticket for one PUT.
    package let storageID: String?
    package let expiresAt: Date

    /// The upload in parts that the ticket is for.
    ///
    /// - Throws: `invalidRequest` when it is for one PUT.
    package func largeUpload() throws(GalleryError) -> LargeUpload {
        guard let storageID else {
            throw .invalidRequest("This ticket is for one PUT to its `url`, not for parts.")
        }
        return LargeUpload(id: id, storageID: storageID)
    }

    /// How the ticket's file is cut.
    ///
    /// - Throws: `invalidToken` for an upload whose size nobody has said: a token of Uppy's protocol is no ticket's.
    package func plan() throws(GalleryError) -> PartPlan {
        guard let byteCount else { throw .invalidToken }
        return PartPlan(byteCount: byteCount)
    }
}

extension ImageID: Codable {}
