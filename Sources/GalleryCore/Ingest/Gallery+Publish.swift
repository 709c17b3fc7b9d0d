import ImageMetadata
import NIOCore

extension Gallery {
    /// Files first, then the catalog: what the catalog shows is there, also when the picture that had these bytes is
    /// removed at this very moment.
    ///
    /// A loser of a race between equal bytes takes its files back, and so does one that cannot go on.
    func publish(_ object: IncomingObject, header: ImageHeader) async throws(IngestStop) {
        do {
            guard let digest = try await digest(of: object) else { throw IngestStop.gone }
            let owner = try await catalog.owner(of: object.id)
            if let standing = try await catalog.lead(object.id, to: digest, of: owner) {
                return note(object.id, standsAs: standing.id)
            }
            let made = try await makeFiles(of: object, header: header)
            let image = GalleryImage(
                id: object.id,
                name: object.name,
                header: (made.format, made.width, made.height),
                content: (made.byteCount, digest),
                owner: owner,
                createdAt: now(),
                details: ImageDetails(header, made, at: now())
            )
            // Before anybody can remove the picture, which removes this too.
            if keepsOriginals, try await !storage.keepOriginal(object) { throw IngestStop.gone }
            let standing = try await catalog.publish(image)
            if standing.id != object.id { try await takeBack(image.files, of: object.id) }
            note(object.id, standsAs: standing.id)
        } catch {
            throw IngestStop(error)
        }
    }

    /// Has the public files made and kept, all of them or none.
    private func makeFiles(of object: IncomingObject, header: ImageHeader) async throws -> RenditionResult {
        var files: [PublishedFile] = []
        do {
            let made = try await maker.make(
                RenditionRequest(header, byteCount: object.byteCount, limits: limits),
                from: { write in
                    guard try await storage.readIncoming(object, write) else { throw IngestStop.gone }
                },
                publish: { kind, fill in
                    let file = PublishedFile(id: object.id, kind)
                    files.append(file)
                    try await storage.publish(file, fill: fill)
                }
            )
            guard try await storage.incoming(object.id)?.version == object.version else { throw IngestStop.gone }
            return made
        } catch {
            try await takeBack(files, of: object.id)
            throw error
        }
    }

    /// Takes back what was published in vain, unless another call has entered it in the catalog meanwhile.
    private func takeBack(_ files: [PublishedFile], of id: ImageID) async throws(GalleryError) {
        if case .ready(let image) = try await catalog.state(of: id), image.id == id { return }
        try await storage.unpublish(files)
        if keepsOriginals { try await storage.dropOriginal(id) }
    }

    /// The store's word for what the bytes are, or else what reading all of them says; `nil` when they are gone.
    private func digest(of object: IncomingObject) async throws -> ContentDigest? {
        if let digest = object.digest { return digest }
        var hasher = ContentHasher(byteCount: object.byteCount)
        let isWhole = try await storage.readIncoming(object) { hasher.update($0.readableBytesView) }
        return isWhole ? hasher.finalize() : nil
    }
}

/// Why a look at an upload ended without a picture.
enum IngestStop: Error {
    /// The picture's fault.
    case refused(Rejection)
    /// The bytes are gone, or others.
    case gone
    /// The storage's fault, the catalog's, or our own: it is to be tried again.
    case failed(GalleryError)

    /// Takes what was thrown on the way.
    init(_ error: any Error) {
        switch error {
        case let stop as IngestStop: self = stop
        case let error as GalleryError: self = .failed(error)
        case RenditionError.unreadable: self = .refused(.undecodable)
        case RenditionError.tooLarge(let detail): self = .refused(Rejection(.tooManyPixels, detail: detail))
        default: self = .failed(.storageUnavailable(operation: "make public files", underlying: error))
        }
    }
}
