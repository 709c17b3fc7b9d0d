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
    ///   - owner: Whose picture it will be.
    ///   - origin: Scheme and authority under which the client reaches us.
    /// - Returns: The picture that has these bytes, or a ticket: for one PUT, or in parts above the single-PUT limit.
    /// - Throws: `tooLarge`, and what the ports throw.
    package func requestUpload(
        _ request: UploadRequest,
        of owner: OwnerID? = nil,
        origin: String
    ) async throws(GalleryError) -> TicketOutcome {
        try checkSize(request.byteCount)
        if let digest = request.digest, let image = try await catalog.image(with: digest, of: owner) {
            return .known(image)
        }
        guard request.byteCount > ContentDigest.maximumSingleByteCount else {
            return .ticket(try await makeTicket(for: request, of: owner, origin: origin))
        }
        return .ticket(try await makeMultipartTicket(for: request, of: owner))
    }

    /// A ticket for one PUT, without looking whether the bytes are known; ingest finds doubles.
    package func makeTicket(
        for request: UploadRequest,
        of owner: OwnerID? = nil,
        origin: String
    ) async throws(GalleryError) -> Ticket {
        try checkSize(request.byteCount)
        let id = try await newUpload(of: owner)
        let validity = validity(seconds: limits.ticketSeconds)
        let lifetime = (from: validity.serverTime, seconds: limits.ticketSeconds)
        let upload = try await storage.presignUpload(id, request, origin: origin, lifetime: lifetime)
        let claims = TicketClaims(
            id: id,
            byteCount: request.byteCount,
            storageID: nil,
            expiresAt: validity.expiresAt
        )
        return try ticket(.put(upload), claims, validity)
    }

    /// The id of an upload that is about to begin, bound to its owner before anyone can send its bytes.
    func newUpload(of owner: OwnerID?) async throws(GalleryError) -> ImageID {
        let id = makeID()
        if let owner { try await catalog.bind(id, to: owner) }
        return id
    }

    /// A token good from now on, and the server's clock.
    func validity(seconds: Int) -> TicketValidity {
        let serverTime = now()
        return TicketValidity(expiresAt: serverTime.addingTimeInterval(TimeInterval(seconds)), serverTime: serverTime)
    }

    /// From now on, as long as a presigned URL is good.
    var urlLifetime: (from: Date, seconds: Int) { (now(), limits.ticketSeconds) }

    func checkSize(_ byteCount: Int64) throws(GalleryError) {
        guard byteCount <= limits.uploadBytes else { throw .tooLarge(limit: limits.uploadBytes) }
    }

    private func makeMultipartTicket(
        for request: UploadRequest,
        of owner: OwnerID?
    ) async throws(GalleryError) -> Ticket {
        let upload = try await storage.beginMultipart(
            newUpload(of: owner),
            name: request.name,
            mediaType: request.mediaType,
            bindsDigests: true
        )
        let validity = validity(seconds: limits.multipartSeconds)
        let claims = TicketClaims(
            id: upload.id,
            byteCount: request.byteCount,
            storageID: upload.storageID,
            expiresAt: validity.expiresAt
        )
        return try ticket(.parts(PartPlan(byteCount: request.byteCount)), claims, validity)
    }

    private func ticket(
        _ way: Ticket.Way,
        _ claims: TicketClaims,
        _ validity: TicketValidity
    ) throws(GalleryError) -> Ticket {
        Ticket(
            id: claims.id,
            token: try seal.seal(claims),
            removalToken: seal.removalToken(for: claims.id),
            way: way,
            validity: validity
        )
    }
}
