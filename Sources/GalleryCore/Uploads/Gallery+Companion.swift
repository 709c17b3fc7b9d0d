/// Uploads by uploaders that speak Uppy Companion's S3 protocol.
///
/// They name an upload by a pair of texts, `uploadId` and `key`. Ours are the sealed token and the object's key, and
/// each call has to bring both, so the server keeps nothing, and nobody can touch an upload that they did not begin.
/// The protocol tells neither sizes nor digests beforehand: only what has arrived can be held against the limits.
extension Gallery {
    /// A form for one POST, for a file whose size and digest are not known.
    ///
    /// - Parameters:
    ///   - name: What the file is called.
    ///   - mediaType: What the client takes it for.
    ///   - owner: Whose picture it will be.
    ///   - origin: Scheme and authority under which the client reaches us.
    /// - Returns: The form.
    /// - Throws: What the ports throw.
    package func makeForm(
        name: FileName,
        mediaType: String,
        of owner: OwnerID? = nil,
        origin: String
    ) async throws(GalleryError) -> PresignedForm {
        let file = UnmeasuredFile(name: name, mediaType: mediaType, maximumByteCount: limits.uploadBytes)
        return try await storage.presignForm(newUpload(of: owner), file, origin: origin, lifetime: urlLifetime)
    }

    /// Begins an upload in parts.
    ///
    /// - Parameters:
    ///   - name: What the file is called.
    ///   - mediaType: What the client takes it for.
    ///   - owner: Whose picture it will be.
    /// - Returns: The pair that names it from now on, and the bucket it goes to.
    /// - Throws: What the ports throw.
    package func beginCompanionUpload(
        name: FileName,
        mediaType: String,
        of owner: OwnerID? = nil
    ) async throws(GalleryError) -> (claim: CompanionClaim, bucket: String) {
        let upload = try await storage.beginMultipart(
            newUpload(of: owner),
            name: name,
            mediaType: UploadRequest.presentable(mediaType),
            bindsDigests: false
        )
        let claims = TicketClaims(
            id: upload.id,
            byteCount: nil,
            storageID: upload.storageID,
            expiresAt: validity(seconds: limits.multipartSeconds).expiresAt
        )
        let address = storage.address(of: upload.id)
        return (CompanionClaim(token: try seal.seal(claims), key: address.key), address.bucket)
    }

    /// URLs for parts that are about to be sent.
    ///
    /// - Parameters:
    ///   - numbers: Which parts.
    ///   - claim: What names the upload.
    ///   - origin: Scheme and authority under which the client reaches us.
    /// - Returns: The URLs by number. They bind the number, not the bytes: the protocol does not tell of those.
    /// - Throws: `invalidRequest` for numbers that no part can have, `invalidToken`, `expiredToken`, and what the
    ///   storage throws.
    package func signCompanionParts(
        _ numbers: Set<Int>,
        of claim: CompanionClaim,
        origin: String
    ) async throws(GalleryError) -> [Int: PresignedUpload] {
        let upload = try open(claim)
        guard numbers.allSatisfy((1...PartPlan.maximumPartCount).contains) else {
            throw .invalidRequest("Part numbers go from 1 to \(PartPlan.maximumPartCount).")
        }
        var urls: [Int: PresignedUpload] = [:]
        for number in numbers {
            let part = UploadPart(number: number, byteCount: nil, digest: nil)
            urls[number] = try await storage.presignPart(part, of: upload, origin: origin, lifetime: urlLifetime)
        }
        return urls
    }

    /// What the store has of an upload, in order of the numbers.
    ///
    /// - Throws: `uploadComplete`, `uploadGone`, `invalidToken`, `expiredToken`, and what the storage throws.
    package func companionParts(of claim: CompanionClaim) async throws(GalleryError) -> [ArrivedPart] {
        let upload = try open(claim)
        guard let parts = try await storage.parts(of: upload) else { throw try await whyGone(upload.id) }
        return parts
    }

    /// Joins the parts, and has ingest look at once.
    ///
    /// May be called again.
    ///
    /// - Parameters:
    ///   - claim: What names the upload.
    ///   - list: What the client believes to have sent: exactly what the store has, or nothing is joined.
    /// - Returns: The upload's id and where its bytes are.
    /// - Throws: `tooLarge`, after which the upload is gone; `invalidRequest`, `uploadGone`, `invalidToken`,
    ///   `expiredToken`, and what the storage throws.
    package func completeCompanionUpload(
        _ claim: CompanionClaim,
        list: [CompanionPart]
    ) async throws(GalleryError) -> (id: ImageID, address: ObjectAddress) {
        let upload = try open(claim)
        if let stored = try await storage.parts(of: upload) {
            guard stored.reduce(0, { $0 + $1.byteCount }) <= limits.uploadBytes else {
                try await storage.abortMultipart(upload)
                throw .tooLarge(limit: limits.uploadBytes)
            }
            try Self.compare(list, with: stored)
            _ = try await storage.completeMultipart(upload, parts: stored)
        }
        guard let state = try await state(of: upload.id) else { throw .uploadGone }
        if state == .incoming { signals?.uploadArrived(upload.id) }
        return (upload.id, storage.address(of: upload.id))
    }

    /// Drops an upload; nothing to do when it is gone already.
    ///
    /// - Throws: `uploadComplete`, `invalidToken`, `expiredToken`, and what the storage throws.
    package func abortCompanionUpload(_ claim: CompanionClaim) async throws(GalleryError) {
        let upload = try open(claim)
        guard try await state(of: upload.id) == nil else { throw .uploadComplete }
        try await storage.abortMultipart(upload)
    }

    /// Keys for one upload, and where it goes; `nil` when the store has none to lend.
    package func lendCredentials(
        for owner: OwnerID? = nil
    ) async throws(GalleryError) -> (
        credentials: TemporaryCredentials, address: ObjectAddress
    )? {
        let id = try await newUpload(of: owner)
        guard let credentials = try await storage.temporaryCredentials(for: id) else { return nil }
        return (credentials, storage.address(of: id))
    }

    /// The upload that a claim names, when both its halves are ours and belong together.
    private func open(_ claim: CompanionClaim) throws(GalleryError) -> LargeUpload {
        let claims = try seal.open(claim.token, at: now())
        guard claims.byteCount == nil, let storageID = claims.storageID,
            storage.address(of: claims.id).key == claim.key
        else { throw .invalidToken }
        return LargeUpload(id: claims.id, storageID: storageID)
    }

    /// Refuses a list that is not the store's: bytes would be missing, or others than the client means.
    private static func compare(
        _ list: [CompanionPart],
        with stored: [ArrivedPart]
    ) throws(GalleryError) {
        let stored = Set(stored.map { CompanionPart(number: $0.number, etag: $0.etag) })
        guard let other = stored.symmetricDifference(list).map(\.number).min() else {
            guard stored.isEmpty else { return }
            throw .invalidRequest("`parts` is empty, and nothing has arrived: there is nothing to join.")
        }
        throw .invalidRequest(
            "Part \(other) is not in the store as `parts` says. List the parts, send it again, then complete."
        )
    }
}

/// What names an upload in Companion's protocol; both have to be right.
package struct CompanionClaim: Hashable, Sendable {
    /// The protocol's `uploadId`.
    package let token: String
    /// The protocol's `key`.
    package let key: String

    package init(token: String, key: String) {
        self.token = token
        self.key = key
    }
}

/// A part that a client believes to have sent.
package struct CompanionPart: Hashable, Sendable {
    package let number: Int
    /// Without quotes.
    package let etag: String

    /// Takes the ETag with or without its quotes: Uppy sends both.
    package init(number: Int, etag: String) {
        self.number = number
        let isQuoted = etag.utf8.count >= 2 && etag.hasPrefix("\"") && etag.hasSuffix("\"")
        self.etag = isQuoted ? String(etag.dropFirst().dropLast()) : etag
    }
}
