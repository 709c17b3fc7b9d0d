extension ObjectStore {
    /// How many bytes are joined before other work gets its turn on the thread.
    private static let joinStepByteCount: Int64 = 64 << 20

    /// Joins parts to the object of an upload, durably, and ends the upload.
    ///
    /// The same completion may be repeated for as long as the object is there. With every error but the failure of its
    /// last step the upload is as it was.
    ///
    /// - Parameters:
    ///   - upload: The upload.
    ///   - parts: The parts by ascending number; those not listed are dropped.
    ///   - condition: What must hold of the key.
    ///   - expectation: What the object must turn out to be.
    /// - Returns: What became visible.
    /// - Throws: ``ObjectStoreError/noSuchUpload(_:)``, ``ObjectStoreError/invalidPartOrder``,
    ///   ``ObjectStoreError/invalidPart(number:)`` (also for an empty list),
    ///   ``ObjectStoreError/partTooSmall(_:minimum:)``, ``ObjectStoreError/preconditionFailed``,
    ///   ``ObjectStoreError/incompleteBody(expected:got:)``, ``ObjectStoreError/badDigest(_:)``,
    ///   ``ObjectStoreError/noSpace``, ``ObjectStoreError/noSuchBucket(_:)``,
    ///   ``ObjectStoreError/storageUnavailable(operation:errno:)``.
    package func completeMultipart(
        _ upload: MultipartUpload,
        parts: [CompletedPart],
        condition: WriteCondition = .always,
        expecting expectation: MultipartExpectation = MultipartExpectation()
    ) async throws(ObjectStoreError) -> ObjectInfo {
        let target = UploadTarget(bucket: upload.bucket, key: upload.key, condition: condition)
        let minimum = configuration.minimumPartByteCount
        return try await completions.take(upload.id) { () async throws(ObjectStoreError) in
            let folder = folder
            let done = try await threads.run { () throws(ObjectStoreError) in
                try folder.completed(upload, listing: parts)
            }
            if let done { return done }
            let found = try await self.parts(parts.map(\.number)[...], of: upload)
            let assembly = try await threads.run { () throws(ObjectStoreError) in
                let assembly = try folder.assembly(of: upload, listing: parts, found: found, minimum: minimum)
                try assembly.check(expectation)
                return assembly
            }
            return try await join(assembly, to: target)
        }
    }

    private func join(
        _ assembly: MultipartAssembly,
        to target: UploadTarget
    ) async throws(ObjectStoreError) -> ObjectInfo {
        let byteCount = assembly.byteCount
        let temporary = try await threads.run { [folder] () throws(ObjectStoreError) in
            try folder.admit(target, byteCount: byteCount)
            return try folder.makeTemporaryFile()
        }
        do {
            try await copyParts(of: assembly, to: temporary.file)
            let info = assembly.info(lastModified: configuration.now())
            try await threads.run { [folder] () throws(ObjectStoreError) in
                try temporary.seal(info)
                try folder.publish(temporary, as: target, ending: assembly.upload)
            }
            configuration.onObjectCreated(target.bucket, target.key)
            return info
        } catch {
            try? await threads.run { [folder] () throws(ObjectStoreError) in try folder.discard(temporary) }
            throw error
        }
    }

    private func copyParts(of assembly: MultipartAssembly, to target: File) async throws(ObjectStoreError) {
        var position: Int64 = 0
        for part in assembly.parts {
            let source = try await threads.run { [folder] () throws(ObjectStoreError) in
                try folder.file(of: part, of: assembly.upload)
            }
            for start in stride(from: 0, to: part.byteCount, by: Int(Self.joinStepByteCount)) {
                let step = start..<min(start + Self.joinStepByteCount, part.byteCount)
                let place = position + start
                try await threads.run { () throws(ObjectStoreError) in
                    try target.copy(step, of: source, to: place)
                    target.startWriteback(place..<place + Int64(step.count))
                }
            }
            position += part.byteCount
        }
    }
}
