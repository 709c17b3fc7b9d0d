import ImageMetadata
import NIOCore

extension Gallery {
    /// What came of a picture whose public files were to be made anew.
    package enum Rebuilt: Hashable, Sendable {
        case done
        /// Somebody has removed it meanwhile.
        case gone
        /// It cannot be decoded any more; it stays as it was.
        case failed(String)
    }

    /// Makes a picture's public files anew, from the public picture itself, and replaces them one by one.
    ///
    /// What was stripped stays so; what an older imgn let through is stripped now. It may be interrupted anywhere and
    /// called again.
    /// - Throws: What the ports throw; a picture that cannot be decoded throws nothing.
    package func rebuild(_ image: GalleryImage) async throws(GalleryError) -> Rebuilt {
        do {
            guard let object = try await storage.published(image.file) else { return .gone }
            guard let header = try await header(of: object) else { return .failed("its header cannot be read") }
            let made = try await maker.make(
                RenditionRequest(header, byteCount: object.byteCount, limits: limits),
                from: { write in
                    for start in stride(from: 0, to: object.byteCount, by: Self.pieceByteCount) {
                        let end = min(start + Int64(Self.pieceByteCount), object.byteCount)
                        try await write(try await object.read(start..<end))
                    }
                },
                publish: { kind, fill in
                    try await storage.publish(PublishedFile(id: image.id, kind), fill: fill)
                }
            )
            return try await replace(image, header, made)
        } catch RenditionError.unreadable {
            return .failed("it cannot be decoded")
        } catch RenditionError.tooLarge(let detail) {
            return .failed(detail)
        } catch let error as GalleryError {
            throw error
        } catch {
            throw .storageUnavailable(operation: "make public files", underlying: error)
        }
    }

    /// How much is read at once.
    private static let pieceByteCount = 1 << 20

    private func header(of object: PublishedObject) async throws -> ImageHeader? {
        var reader = ImageHeaderReader(fileByteCount: Int(clamping: object.byteCount))
        var range = reader.firstRange
        while true {
            let bytes = try await object.read(Int64(range.lowerBound)..<Int64(range.upperBound))
            switch reader.receive(ArraySlice(bytes.readableBytesView), at: range.lowerBound) {
            case .header(let header): return header
            case .needs(let next): range = next
            case .unreadable: return nil
            }
        }
    }

    /// Enters the new files in the catalog, and takes those away that are not made any more.
    private func replace(
        _ image: GalleryImage,
        _ header: ImageHeader,
        _ made: RenditionResult
    ) async throws(GalleryError) -> Rebuilt {
        var details = ImageDetails(header, made, at: now())
        details.camera = details.camera ?? image.details.camera
        details.hadPosition = details.hadPosition || image.details.hadPosition
        let new = GalleryImage(
            id: image.id,
            name: image.name,
            header: (made.format, made.width, made.height),
            content: (made.byteCount, image.digest),
            owner: image.owner,
            createdAt: image.createdAt,
            details: details
        )
        guard try await catalog.update(new) else {
            try await storage.unpublish(new.files)
            return .gone
        }
        let kept = Set(new.files)
        try await storage.unpublish(image.files.filter { !kept.contains($0) })
        return .done
    }
}
