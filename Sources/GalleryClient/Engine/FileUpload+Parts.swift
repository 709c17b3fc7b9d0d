/// Files that go in parts.
extension FileUpload {
    /// Begins an upload in parts.
    func sendInParts(_ digest: ContentDigest) async throws -> UploadOutcome {
        let grant = try await api.requestUpload(offer(digest))
        switch grant {
        case .known(let picture): return try await known(picture)
        case .multipart(let ticket) where ticket.multipart.partSize == PartPlan.digestPartSize:
            try await remember(grant, digest)
            try await send(ticket.token, digest, stored: [])
            return try await settle(id: ticket.id, deleteToken: ticket.deleteToken)
        default:
            throw GalleryClientError.notAGallery(reason: "it cuts files otherwise than this client")
        }
    }

    /// Sends what an earlier run has not.
    func sendRest(of record: UploadRecord, _ digest: ContentDigest) async throws {
        do {
            let stored = try await api.storedParts(token: record.token)
            try await send(record.token, digest, stored: stored.parts)
        } catch GalleryClientError.refused(let problem) where problem.code == .alreadyComplete {
            // Everything was sent, and the run ended before it could hear of it.
        }
    }

    private func send(_ token: String, _ digest: ContentDigest, stored: [StoredPart]) async throws {
        meter.enter(.sending)
        let upload = MultipartUpload(
            plan: .forDigest(size: source.file.identity.size),
            digests: digest.parts,
            parallel: tools.settings.parallel,
            retries: (tools.settings.policy, tools.timing.random)
        )
        let driver = MultipartDriver(tools: tools, api: api, file: source.file, token: token, meter: meter)
        try await driver.run(upload, stored: stored)
    }
}
