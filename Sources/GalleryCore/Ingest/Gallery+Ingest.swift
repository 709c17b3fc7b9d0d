import ImageMetadata
import Logging
import NIOCore

extension Gallery {
    /// Looks at an upload and publishes or refuses it: probe → limits → public files → catalog.
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
            do throws(IngestStop) {
                try await publish(object, header: try await probe(object))
            } catch {
                switch error {
                case .refused(let rejection): try await refuse(id, rejection)
                // Another call has finished with the bytes meanwhile, or a sweep will.
                case .gone: return try await catalog.state(of: id)
                case .failed(let error): throw error
                }
            }
        }
        try await storage.spendIncoming(id)
        watch.announce(id)
        return try await catalog.state(of: id)
    }

    private func refuse(_ id: ImageID, _ rejection: Rejection) async throws(GalleryError) {
        logger.notice("refused an upload", metadata: ["image": "\(id)", "reason": "\(rejection.reason.rawValue)"])
        try await catalog.reject(id, rejection)
    }

    /// Reads the header by as few ranges as it takes.
    private func probe(_ object: IncomingObject) async throws(IngestStop) -> ImageHeader {
        guard object.byteCount <= limits.uploadBytes else {
            throw .refused(Rejection(.tooLarge, detail: "The file has more bytes than one upload may have."))
        }
        let formats = limits.formats.intersection(maker.formats)
        var reader = ImageHeaderReader(fileByteCount: Int(clamping: object.byteCount), formats: formats)
        var range = reader.firstRange
        while true {
            let bytes = try await read(object, range)
            switch reader.receive(ArraySlice(bytes.readableBytesView), at: range.lowerBound) {
            case .header(let header):
                try check(header)
                return header
            case .needs(let next): range = next
            case .unreadable(.unknownFormat(let found)): throw .refused(.unsupported(found, welcome: formats))
            case .unreadable: throw .refused(.unreadable)
            }
        }
    }

    private func read(_ object: IncomingObject, _ range: Range<Int>) async throws(IngestStop) -> ByteBuffer {
        let bytes: ByteBuffer?
        do throws(GalleryError) { bytes = try await storage.readIncoming(object, range) } catch { throw .failed(error) }
        guard let bytes else { throw .gone }
        return bytes
    }

    private func check(_ header: ImageHeader) throws(IngestStop) {
        let size = "\(header.width) × \(header.height) pixels"
        guard header.width <= limits.side, header.height <= limits.side else {
            let detail = """
                \(size) is too long: a side may have \(limits.side) pixels at most. \
                Make the picture smaller and retry.
                """
            throw .refused(Rejection(.tooManyPixels, detail: detail))
        }
        guard header.width * header.height <= limits.pixels else {
            let most = "\(limits.pixels / 1_000_000) megapixels"
            let detail = "\(size) is too large: \(most) are the most. Make the picture smaller and retry."
            throw .refused(Rejection(.tooManyPixels, detail: detail))
        }
    }

    /// One line for each upload that was looked at and taken.
    func note(_ id: ImageID, standsAs standing: ImageID) {
        logger.info(
            "ingested an upload",
            metadata: ["image": "\(id)", "stands-as": "\(standing)", "worker": "\(worker)"]
        )
    }
}
