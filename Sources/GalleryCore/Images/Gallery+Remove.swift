import ImageMetadata
import Logging

extension Gallery {
    /// Removes a picture: bytes first, then the catalog, so that whatever happens in between it can be done again.
    ///
    /// First of all goes what ingest may have left of the upload, as after a crash: else the next sweep would take it
    /// for a new one, and show again what was removed.
    ///
    /// - Parameters:
    ///   - id: The picture's own id; the id of a second upload of the same bytes removes nothing of the first.
    ///   - token: The removal token of the ticket, or the operator's.
    ///   - person: Who asks, if they have signed in.
    /// - Throws: `invalidToken`, and what the ports throw. Removing what is not there succeeds.
    package func remove(
        _ id: ImageID,
        token: String,
        of person: OwnerID? = nil
    ) async throws(GalleryError) {
        let mayRemoveAny = seal.isRemovalToken(token, for: id) || owner?.matches(token) == true
        guard mayRemoveAny || person != nil else { throw .invalidToken }
        guard case .ready(let image) = try await catalog.state(of: id) else { return }
        guard image.id == id, mayRemoveAny || image.owner == person else { throw .invalidToken }
        if try await storage.incoming(id) != nil { try await storage.spendIncoming(id) }
        try await storage.unpublish(image.files)
        try await dropOriginal(of: id)
        try await catalog.remove(id)
        logger.notice("removed a picture", metadata: ["image": "\(id)"])
    }

    /// Drops what was kept of the upload.
    ///
    /// Where originals are not kept our keys need no right to it: then one that was kept earlier goes if it can.
    private func dropOriginal(of id: ImageID) async throws(GalleryError) {
        do throws(GalleryError) {
            try await storage.dropOriginal(id)
        } catch {
            if keepsOriginals { throw error }
            logger.debug("no original was dropped", metadata: ["image": "\(id)", "error": "\(error)"])
        }
    }

    /// The token that allows to remove a picture, for whoever brought it.
    package func removalToken(for id: ImageID) -> String { seal.removalToken(for: id) }

    /// A URL for one download of the picture under its own name, made now.
    ///
    /// - Parameters:
    ///   - id: The picture.
    ///   - origin: Scheme and authority under which the client reaches us.
    /// - Returns: The URL, good for as long as a ticket.
    /// - Throws: `imageNotFound`, and what the ports throw.
    package func original(of id: ImageID, origin: String) async throws(GalleryError) -> String {
        guard case .ready(let image) = try await catalog.state(of: id) else { throw .imageNotFound(id) }
        return try await storage.presignDownload(
            image.file,
            as: image.downloadName,
            origin: origin,
            lifetime: (from: now(), seconds: limits.ticketSeconds)
        )
    }
}

extension GalleryImage {
    /// The file's name with the ending its bytes deserve; the picture's id when it has none.
    package var downloadName: FileName {
        let ending = ".\(format.fileExtension)"
        let name = name.description.isEmpty ? id.rawValue : name.description
        let endings = format == .jpeg ? [ending, ".jpeg", ".jfif"] : [ending]
        return endings.contains { name.lowercased().hasSuffix($0) } ? FileName(name) : FileName(name + ending)
    }
}
