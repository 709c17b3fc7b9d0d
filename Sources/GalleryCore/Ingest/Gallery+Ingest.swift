import ImageMetadata
import Logging
import NIOCore

extension Gallery {
    /// Looks at an upload and publishes or refuses it: probe → limits → publish → catalog.
    ///
    /// Idempotent by id at every step: it may be called twice, at once, or again after a crash anywhere in it.
    /// Workers of other processes are kept out meanwhile; see ``ImageCatalog/lease(_:to:seconds:)``.
    /// - Returns: What became of it; `nil` when nothing was uploaded under this id; `incoming` when another worker is
    ///   at it, or was when it stopped: then it is to be asked for again.
    @discardableResult
    package func ingest(_ id: ImageID) async throws(GalleryError) -> ImageState? {
        guard let object = try await storage.incoming(id) else { return try await catalog.state(of: id) }
        let outcome = try await leasing(id) { () async throws(GalleryError) -> ImageState? in
            try await ingest(object)
        }
        return outcome ?? .incoming
    }

    /// Looks at the upload, unless another worker has done so since it was found.
    private func ingest(_ object: IncomingObject) async throws(GalleryError) -> ImageState? {
        let id = object.id
        if try await catalog.state(of: id) == nil {
            switch try await probe(object) {
            case .success(let header):
                // The bytes are gone or others: another call has finished with them, or a sweep will.
                guard try await publish(object, header: header) else { return try await catalog.state(of: id) }
            case .failure(let rejection):
                logger.notice(
                    "refused an upload",
                    metadata: ["image": "\(id)", "reason": "\(rejection.reason.rawValue)"]
                )
                try await catalog.reject(id, rejection)
            case nil:
                // Another call for the same id has finished with it meanwhile.
                return try await catalog.state(of: id)
            }
        }
        try await storage.spendIncoming(id)
        watch.announce(id)
        return try await catalog.state(of: id)
    }

    /// Reads the header by as few ranges as it takes; `nil` when the bytes are gone meanwhile.
    private func probe(
        _ object: IncomingObject
    ) async throws(GalleryError) -> Result<ImageHeader, Rejection>? {
        guard object.byteCount <= limits.uploadBytes else {
            return .failure(Rejection(.tooLarge, detail: "The file has more bytes than one upload may have."))
        }
        let fileByteCount = Int(clamping: object.byteCount)
        var reader = ImageHeaderReader(fileByteCount: fileByteCount, formats: limits.formats)
        var range = reader.firstRange
        while true {
            guard let bytes = try await storage.readIncoming(object, range) else { return nil }
            switch reader.receive(ArraySlice(bytes.readableBytesView), at: range.lowerBound) {
            case .header(let header): return check(header)
            case .needs(let next): range = next
            case .unreadable(.unknownFormat(let found)): return .failure(.unsupported(found))
            case .unreadable: return .failure(.unreadable)
            }
        }
    }

    private func check(_ header: ImageHeader) -> Result<ImageHeader, Rejection> {
        let size = "\(header.width) × \(header.height) pixels"
        guard header.width <= limits.side, header.height <= limits.side else {
            let detail = """
                \(size) is too long: a side may have \(limits.side) pixels at most. \
                Make the picture smaller and retry.
                """
            return .failure(Rejection(.tooManyPixels, detail: detail))
        }
        guard header.width * header.height <= limits.pixels else {
            let most = "\(limits.pixels / 1_000_000) megapixels"
            return .failure(
                Rejection(
                    .tooManyPixels,
                    detail: "\(size) is too large: \(most) are the most. Make the picture smaller and retry."
                )
            )
        }
        return .success(header)
    }

    /// Bytes first, then the catalog: what the catalog shows is there, also when the picture that had these bytes is
    /// removed at this very moment.
    ///
    /// A loser of a race between equal bytes takes its copy back.
    /// - Returns: False when the bytes are gone or others meanwhile.
    private func publish(_ object: IncomingObject, header: ImageHeader) async throws(GalleryError) -> Bool {
        guard let digest = try await digest(of: object) else { return false }
        let owner = try await catalog.owner(of: object.id)
        if let standing = try await catalog.lead(object.id, to: digest, of: owner) {
            note(object.id, standsAs: standing.id)
            return true
        }
        let image = GalleryImage(
            id: object.id,
            name: object.name,
            header: (header.format, header.width, header.height),
            content: (object.byteCount, digest),
            owner: owner,
            createdAt: now()
        )
        guard try await storage.publish(object, as: image.file) else { return false }
        let standing = try await catalog.publish(image)
        if standing.id != object.id { try await storage.unpublish(image.file) }
        note(object.id, standsAs: standing.id)
        return true
    }

    /// One line for each upload that was looked at and taken.
    private func note(_ id: ImageID, standsAs standing: ImageID) {
        logger.info(
            "ingested an upload",
            metadata: ["image": "\(id)", "stands-as": "\(standing)", "worker": "\(worker)"]
        )
    }

    /// The store's word for what the bytes are, or else what reading all of them says.
    private func digest(of object: IncomingObject) async throws(GalleryError) -> ContentDigest? {
        if let digest = object.digest { return digest }
        var hasher = ContentHasher(byteCount: object.byteCount)
        let end = Int(clamping: object.byteCount)
        for start in stride(from: 0, to: end, by: Self.readByteCount) {
            let range = start..<min(start + Self.readByteCount, end)
            guard let bytes = try await storage.readIncoming(object, range) else { return nil }
            hasher.update(bytes.readableBytesView)
        }
        return hasher.finalize()
    }

    /// How much is read at once when all of a file must be.
    private static let readByteCount = 1 << 20
}
