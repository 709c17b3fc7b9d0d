package import NIOCore

extension Gallery {
    /// Takes bytes that came through the API itself and answers once ingest has looked at them.
    ///
    /// - Parameters:
    ///   - name: What the file was called.
    ///   - owner: Whose picture it will be.
    ///   - fill: Hands over the bytes piece by piece; they are streamed to storage as they come.
    /// - Returns: The picture; the first one when the same bytes are in the gallery already.
    /// - Throws: `rejected`, `tooLarge`, `incompleteUpload`, `storageFull`, and what `fill` throws. Nothing is stored
    ///   then. `notLookedAtYet` when another process looks at them and takes its time: the bytes wait for it.
    package func receive(
        name: FileName,
        of owner: OwnerID? = nil,
        fill: (_ write: (ByteBuffer) async throws -> Void) async throws -> Void
    ) async throws -> (asked: ImageID, image: GalleryImage) {
        let id = try await newUpload(of: owner)
        try await storage.receive(id, name: name, limit: limits.uploadBytes, fill: fill)
        switch try await verdict(on: id) {
        case .ready(let image): return (id, image)
        case .rejected(let rejection): throw GalleryError.rejected(rejection)
        case .incoming: throw GalleryError.notLookedAtYet(id)
        case nil: throw GalleryError.incompleteUpload
        }
    }

    /// How long to wait for another process that looks at bytes which came through this one.
    private static var patience: Duration { .seconds(20) }

    private func verdict(on id: ImageID) async throws -> ImageState? {
        switch ingestPlace {
        case .here:
            let verdict = try await ingest(id)
            // The sweep of another process found the bytes first.
            return verdict == .incoming ? try await state(of: id, waiting: Self.patience) : verdict
        case .elsewhere(let patience):
            return try await state(of: id, waiting: patience)
        }
    }
}
