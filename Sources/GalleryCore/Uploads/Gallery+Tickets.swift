#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

extension Gallery {
    /// Answers an upload request: with a ticket, or with the picture when the same bytes are in the gallery already.
    ///
    /// - Parameters:
    ///   - request: The file.
    ///   - origin: Scheme and authority under which the client reaches us.
    /// - Returns: The ticket, or the picture that has these bytes.
    /// - Throws: `tooLarge`, and what the ports throw.
    package func requestUpload(_ request: UploadRequest, origin: String) async throws(GalleryError) -> TicketOutcome {
        try checkSize(request.byteCount)
        if let image = try await catalog.image(with: request.digest) { return .known(image) }
        return .ticket(try makeTicket(for: request, origin: origin))
    }

    /// A ticket without looking whether the bytes are known; ingest finds doubles.
    package func makeTicket(for request: UploadRequest, origin: String) throws(GalleryError) -> Ticket {
        try checkSize(request.byteCount)
        let id = ImageID.random()
        let serverTime = now()
        let expiresAt = serverTime.addingTimeInterval(TimeInterval(limits.ticketSeconds))
        let upload = try storage.presignUpload(
            id,
            request,
            origin: origin,
            lifetime: (from: serverTime, seconds: limits.ticketSeconds)
        )
        return Ticket(
            id: id,
            token: try token(for: id, request, expiresAt: expiresAt),
            upload: upload,
            expiresAt: expiresAt,
            serverTime: serverTime
        )
    }

    private func checkSize(_ byteCount: Int64) throws(GalleryError) {
        guard byteCount <= limits.uploadBytes else { throw .tooLarge(limit: limits.uploadBytes) }
    }

    private func token(for id: ImageID, _ request: UploadRequest, expiresAt: Date) throws(GalleryError) -> String {
        let claims = TicketClaims(
            id: id.rawValue,
            name: request.name.description,
            mediaType: request.mediaType,
            byteCount: request.byteCount,
            digest: request.digest.base64,
            expiresAt: expiresAt
        )
        do {
            return try seal.seal(claims)
        } catch {
            throw .storageUnavailable(operation: "seal ticket", underlying: error)
        }
    }
}
