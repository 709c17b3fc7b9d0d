/// Files that go in one PUT.
extension FileUpload {
    /// What came of one try.
    private enum Attempt {
        case known(PublishedPicture)
        case answered(PutTicket, StoreAnswer)
    }

    /// Asks for a ticket as soon as there is a slot, and sends the file.
    func sendWhole(_ digest: ContentDigest) async throws -> UploadOutcome {
        var machine = PutMachine(
            policy: tools.settings.policy,
            at: tools.timing.now(),
            random: tools.timing.random
        )
        var current: PutTicket?
        while true {
            let attempt: Attempt = try await tools.budget.withSlot { try await self.attempt(current, digest) }
            guard case .answered(let ticket, let answer) = attempt else {
                guard case .known(let picture) = attempt else { continue }
                return try await known(picture)
            }
            if case .transient(let fault) = answer { meter.waits(for: fault.reason) }
            current = ticket
            switch try machine.receive(answer, at: tools.timing.now()) {
            case .finish:
                meter.stored(part: 1, size: source.file.identity.size)
                await tellSent(ticket.token)
                return try await settle(id: ticket.id, deleteToken: ticket.deleteToken)
            case .sendAgain(let pause): try await tools.timing.sleep(pause)
            case .askAgain: current = nil
            case .hashAgain:
                guard try await source.file.digest(of: 0..<source.file.identity.size) == digest.whole else {
                    throw UploadFailure.fileChanged
                }
                current = nil
            }
        }
    }

    private func attempt(_ current: PutTicket?, _ digest: ContentDigest) async throws -> Attempt {
        let ticket: PutTicket
        if let current {
            ticket = current
        } else {
            let grant = try await api.requestUpload(offer(digest))
            switch grant {
            case .known(let picture): return .known(picture)
            case .put(let granted): ticket = granted
            case .multipart:
                throw GalleryClientError.notAGallery(reason: "it cuts files otherwise than this client")
            }
            try await remember(grant, digest)
        }
        meter.enter(.sending)
        let range = 0..<source.file.identity.size
        let shipment = StoreTransfer.Shipment(url: ticket.url, headers: ticket.headers, file: source.file, range: range)
        return .answered(ticket, try await tools.store.send(shipment) { meter.moved(part: 1, to: $0) })
    }

    /// Tells the gallery to look at once: some stores tell it late, or never.
    ///
    /// The picture is found without this too, so a failure is no failure of the upload.
    private func tellSent(_ token: String) async {
        var api = api
        api.policy = .brisk
        _ = try? await api.complete(token: token)
    }
}
