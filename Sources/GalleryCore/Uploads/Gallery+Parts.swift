/// Uploads in parts: each function takes the ticket's token and keeps nothing.
extension Gallery {
    /// URLs for parts that are about to be sent.
    ///
    /// - Parameters:
    ///   - parts: Number and SHA-256 of each part; every number once.
    ///   - token: The ticket's token.
    ///   - origin: Scheme and authority under which the client reaches us.
    /// - Returns: The parts with their URLs, in the order asked for, and how long the URLs are good.
    /// - Throws: `invalidRequest` for numbers that are not the file's, `invalidToken`, `expiredToken`, and what the
    ///   storage throws. Whether the upload is still there, the store says when a part comes.
    package func signParts(
        _ parts: [(number: Int, digest: ContentDigest)],
        token: String,
        origin: String
    ) async throws(GalleryError) -> SignedParts {
        let claims = try seal.open(token, at: now())
        let upload = try claims.largeUpload()
        let plan = try claims.plan()
        guard Set(parts.map(\.number)).count == parts.count else {
            throw .invalidRequest("`parts` names a number twice. Ask for each part once.")
        }
        let validity = validity(seconds: limits.ticketSeconds)
        let lifetime = (from: validity.serverTime, seconds: limits.ticketSeconds)
        var signed: [SignedPart] = []
        for (number, digest) in parts {
            guard let byteCount = plan.byteCount(ofPart: number) else {
                throw .invalidRequest("There is no part \(number): this file's parts are 1 to \(plan.partCount).")
            }
            let part = UploadPart(number: number, byteCount: byteCount, digest: digest)
            let url = try await storage.presignPart(part, of: upload, origin: origin, lifetime: lifetime)
            signed.append(SignedPart(part: part, upload: url))
        }
        return SignedParts(parts: signed, validity: validity)
    }

    /// What the store has of an upload: the plan, and the parts that are there whole.
    ///
    /// - Throws: `uploadComplete`, `uploadGone`, `invalidToken`, `expiredToken`, and what the storage throws.
    package func storedParts(token: String) async throws(GalleryError) -> (plan: PartPlan, parts: [ArrivedPart]) {
        let claims = try seal.open(token, at: now())
        let plan = try claims.plan()
        guard let parts = try await storage.parts(of: claims.largeUpload()) else {
            throw try await whyGone(claims.id)
        }
        return (plan, parts.filter { plan.byteCount(ofPart: $0.number) == $0.byteCount })
    }

    /// Says that all bytes were sent: joins the parts, and has ingest look at once.
    ///
    /// May be called again, and for a ticket for one PUT.
    ///
    /// - Parameter token: The ticket's token.
    /// - Returns: The upload's id and what is known of it now.
    /// - Throws: `partsMissing`, `uploadGone`, `invalidToken`, `expiredToken`, and what the storage throws.
    package func completeUpload(token: String) async throws(GalleryError) -> (id: ImageID, state: ImageState) {
        let claims = try seal.open(token, at: now())
        if claims.storageID != nil {
            let upload = try claims.largeUpload()
            if let stored = try await storage.parts(of: upload) {
                try await join(stored, of: upload, as: claims.plan())
            }
        }
        guard let state = try await state(of: claims.id) else {
            throw claims.storageID == nil ? .partsMissing([]) : .uploadGone
        }
        if state == .incoming { signals?.uploadArrived(claims.id) }
        return (claims.id, state)
    }

    /// Drops an upload in parts; nothing to do when it is gone already.
    ///
    /// - Throws: `uploadComplete`, `invalidToken`, `expiredToken`, and what the storage throws.
    package func abortUpload(token: String) async throws(GalleryError) {
        let claims = try seal.open(token, at: now())
        let upload = try claims.largeUpload()
        guard try await state(of: claims.id) == nil else { throw .uploadComplete }
        try await storage.abortMultipart(upload)
    }

    private func join(
        _ stored: [ArrivedPart],
        of upload: LargeUpload,
        as plan: PartPlan
    ) async throws(GalleryError) {
        let missing = plan.missing(from: stored)
        guard missing.isEmpty else { throw .partsMissing(missing) }
        let parts = stored.filter { $0.number <= plan.partCount }
        _ = try await storage.completeMultipart(upload, parts: parts)
    }

    /// Why the store does not know an upload in parts.
    func whyGone(_ id: ImageID) async throws(GalleryError) -> GalleryError {
        try await state(of: id) == nil ? .uploadGone : .uploadComplete
    }
}

/// URLs for parts, and how long they are good.
package struct SignedParts: Sendable {
    package let parts: [SignedPart]
    package let validity: TicketValidity
}

/// A part and the URL that takes it.
package struct SignedPart: Hashable, Sendable {
    package let part: UploadPart
    package let upload: PresignedUpload
}
