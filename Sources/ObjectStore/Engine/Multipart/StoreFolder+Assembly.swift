#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

extension StoreFolder {
    /// Checks that the listed parts of an upload are there and can become an object.
    ///
    /// - Parameters:
    ///   - upload: Which upload.
    ///   - listed: The parts to join; those not listed are dropped.
    ///   - found: Those of them that are there whole.
    ///   - minimum: The fewest bytes of every part but the last.
    /// - Returns: What is to be joined.
    /// - Throws: ``ObjectStoreError/noSuchUpload(_:)``, ``ObjectStoreError/invalidPartOrder``,
    ///   ``ObjectStoreError/invalidPart(number:)``, ``ObjectStoreError/partTooSmall(_:minimum:)``.
    func assembly(
        of upload: MultipartUpload,
        listing listed: [CompletedPart],
        found: [StoredPart],
        minimum: Int64
    ) throws(ObjectStoreError) -> MultipartAssembly {
        let plan = try plan(of: upload)
        guard zip(listed, listed.dropFirst()).allSatisfy({ $0.number < $1.number }) else { throw .invalidPartOrder }
        guard !listed.isEmpty else { throw .invalidPart(number: 1) }
        let stored = Dictionary(found.map { ($0.number, $0) }) { first, _ in first }
        var parts: [StoredPart] = []
        for wanted in listed {
            guard
                let part = stored[wanted.number],
                part.etag == wanted.etag.lowercased(), wanted.checksum == nil || wanted.checksum == part.checksum
            else { throw try missing(wanted.number, of: upload) }
            parts.append(part)
        }
        if let small = parts.dropLast().first(where: { $0.byteCount < minimum }) {
            throw .partTooSmall(small, minimum: minimum)
        }
        return MultipartAssembly(upload: upload, plan: plan, parts: parts)
    }

    /// The file of a part that an assembly found, held open.
    ///
    /// - Throws: ``ObjectStoreError/invalidPart(number:)`` when another one has taken its place meanwhile,
    ///   ``ObjectStoreError/noSuchUpload(_:)``.
    func file(of part: StoredPart, of upload: MultipartUpload) throws(ObjectStoreError) -> File {
        let found = try self.part(part.number, of: upload, in: try folder(of: upload))
        guard let found, found.part.sha256 == part.sha256, found.part.byteCount == part.byteCount else {
            throw try missing(part.number, of: upload)
        }
        return found.file
    }

    /// Why a part was not found: it is not there, unless the whole upload is gone meanwhile.
    private func missing(_ number: Int, of upload: MultipartUpload) throws(ObjectStoreError) -> ObjectStoreError {
        _ = try folder(of: upload)
        return .invalidPart(number: number)
    }

    /// The object that this upload has become already, durable by now; `nil` when there is none.
    ///
    /// The object says by which upload it was made, so that a completion whose answer was lost can be repeated for as
    /// long as the object is there, and a crash before the upload was removed is made good.
    /// - Parameters:
    ///   - upload: Which upload.
    ///   - listed: The parts that the object must have been joined of.
    /// - Returns: What is known of the object.
    /// - Throws: ``ObjectStoreError/noSuchUpload(_:)`` when it was joined of other parts.
    func completed(_ upload: MultipartUpload, listing listed: [CompletedPart]) throws(ObjectStoreError) -> ObjectInfo? {
        guard let info = try intactObject(upload.key, in: upload.bucket), info.parts?.uploadID == upload.id else {
            return nil
        }
        guard MultipartAssembly.etag(of: listed.map(\.etag)) == info.etag else { throw .noSuchUpload(upload.id) }
        let path = ObjectPath(upload.key)
        try bucket(upload.bucket).folder(at: path.folders)?.syncUpwards(levels: path.folders.count)
        _ = try remove(upload.id, in: upload.bucket)
        return info
    }

    private func intactObject(_ key: ObjectKey, in bucket: BucketName) throws(ObjectStoreError) -> ObjectInfo? {
        do {
            return try object(key, in: bucket)?.info
        } catch .corrupted {
            return nil
        }
    }
}
