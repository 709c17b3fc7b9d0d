#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// One file's way into the gallery: hash, offer, send or go on sending, wait until it was looked at.
package struct FileUpload: Sendable {
    /// How often an upload is begun anew that the store has lost.
    private static let mostStarts = 2
    /// How long one question for a picture's state is held by the gallery.
    private static let pollSeconds = 10

    let tools: UploadTools
    let api: GalleryAPI
    let source: UploadSource
    let meter: UploadMeter

    /// - Parameters:
    ///   - source: The file.
    ///   - tools: What the run's uploads share.
    ///   - meter: Told how far it is.
    package init(_ source: UploadSource, tools: UploadTools, meter: UploadMeter) {
        self.source = source
        self.tools = tools
        self.meter = meter
        var api = tools.api
        api.onTrouble = { meter.waits(for: $0) }
        self.api = api
    }

    /// Uploads the file.
    ///
    /// - Returns: What came of it; that it failed is an outcome too.
    /// - Throws: `CancellationError`; then the journal knows how to go on. ``UploadJournal/Failure``.
    package func run() async throws -> UploadOutcome {
        let outcome: UploadOutcome
        do {
            outcome = try await upload()
        } catch let failure as UploadFailure {
            outcome = UploadOutcome(.failed, detail: failure.description)
        } catch GalleryClientError.refused(let problem) where problem.isAboutThePicture {
            outcome = UploadOutcome(.rejected, detail: problem.detail)
        } catch let error as GalleryClientError {
            outcome = UploadOutcome(.failed, detail: error.description)
        }
        meter.enter(.finished(outcome.status))
        return outcome
    }

    private func upload() async throws -> UploadOutcome {
        let size = source.file.identity.size
        guard size > 0 else { throw UploadFailure.empty }
        meter.enter(.hashing)
        let digest = try await source.file.digest(.forDigest(size: size)) { meter.hashed($0) }
        guard source.file.isUnchanged else { throw UploadFailure.fileChanged }
        if let outcome = try await goOn(digest) { return outcome }
        for start in 1...Self.mostStarts {
            do {
                return try await size > PartPlan.largestSinglePut ? sendInParts(digest) : sendWhole(digest)
            } catch  where Self.isLost(error) && start < Self.mostStarts {
                meter.startOver()
            }
        }
        throw UploadFailure.uploadGone
    }

    func offer(_ digest: ContentDigest) -> UploadOffer {
        UploadOffer(
            name: source.name,
            type: PictureEnding(of: source.name)?.mediaType ?? "application/octet-stream",
            size: source.file.identity.size,
            sha256: digest.whole
        )
    }

    /// The gallery has these bytes.
    func known(_ picture: PublishedPicture) async throws -> UploadOutcome {
        if let key { try await tools.journal?.forget(key) }
        return UploadOutcome(.known, picture: picture)
    }

    /// Waits until the gallery has looked at what was sent.
    func settle(id: String, deleteToken: String?) async throws -> UploadOutcome {
        meter.enter(.looking)
        let start = tools.timing.now()
        while tools.timing.now() - start < tools.settings.lookTime {
            let asked = tools.timing.now()
            switch try await api.state(of: id, waitingSeconds: Self.pollSeconds) {
            case .ready(let picture):
                try await close(picture.id == id ? deleteToken.map { (id, $0) } : nil)
                return UploadOutcome(picture.id == id ? .uploaded : .known, picture: picture)
            case .rejected(_, let detail):
                try await close(nil)
                return UploadOutcome(.rejected, detail: detail)
            case .incoming:
                // A server that does not hold its answer is not asked more than once a second.
                try await tools.timing.sleep(max(.zero, .seconds(1) - (tools.timing.now() - asked)))
            }
        }
        throw UploadFailure.notLookedAt
    }

    private func close(_ right: (id: String, deleteToken: String)?) async throws {
        let right = right.map { RemovalRight(server: api.server, id: $0.id, deleteToken: $0.deleteToken) }
        if let key {
            try await tools.journal?.forget(key, keeping: right)
        } else if let right {
            try await tools.journal?.keep(right)
        }
    }

    // MARK: Journal

    private var key: UploadRecord.Key? {
        source.path.map { UploadRecord.Key(server: api.server, path: $0, identity: source.file.identity) }
    }

    /// Writes down an upload that begins, so that another run can go on with it.
    func remember(_ grant: UploadGrant, _ digest: ContentDigest) async throws {
        guard let key else { return }
        let record = UploadRecord(key: key, sha256: digest.whole, grant: grant, startedAt: Date())
        try await tools.journal?.remember(record)
    }

    /// Goes on with an upload of an earlier run; `nil` when there is none, or it is lost.
    private func goOn(_ digest: ContentDigest) async throws -> UploadOutcome? {
        guard let key, let record = try await tools.journal?.upload(for: key), record.sha256 == digest.whole,
            record.partSize == nil || record.partSize == PartPlan.digestPartSize
        else { return nil }
        do {
            if record.partSize == nil {
                // Without its bytes the gallery does not know the id.
                _ = try await api.state(of: record.id)
            } else {
                try await sendRest(of: record, digest)
            }
            return try await settle(id: record.id, deleteToken: record.deleteToken)
        } catch  where Self.isLost(error) {
            if record.partSize != nil { meter.startOver() }
            return nil
        }
    }

    /// Whether an error says that the upload is no longer there, so that only a new one helps.
    private static func isLost(_ error: any Error) -> Bool {
        switch error {
        case UploadFailure.uploadGone: return true
        case let error as GalleryClientError:
            guard let code = error.code else { return false }
            return [.expired, .invalidToken, .uploadGone, .imageNotFound].contains(code)
        default: return false
        }
    }
}

extension ServerProblem {
    /// Whether it speaks of the picture, and not of the request.
    fileprivate var isAboutThePicture: Bool { [413, 415, 422].contains(status) }
}
