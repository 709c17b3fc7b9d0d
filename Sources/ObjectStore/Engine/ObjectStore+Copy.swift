extension ObjectStore {
    /// How many bytes are copied before other work gets its turn on the thread.
    private static let copyStepByteCount: Int64 = 64 << 20

    /// Copies an object; digests are taken over, not computed again.
    ///
    /// - Parameters:
    ///   - source: The key to copy from.
    ///   - sourceBucket: The bucket to copy from.
    ///   - target: The key to copy to; may be the source itself, to change its metadata.
    ///   - targetBucket: The bucket to copy to.
    ///   - metadata: The metadata of the copy; `nil` keeps that of the source.
    ///   - condition: What must hold of the target.
    ///   - isWanted: Whether the source, as it is at that moment, is the one to copy; any is if not said.
    /// - Returns: What became visible; `nil` when the source is not there, or not wanted.
    /// - Throws: What ``withUpload(to:in:plan:_:)`` throws, ``ObjectStoreError/corrupted(_:)`` for a damaged source.
    package func copy(
        from source: ObjectKey,
        in sourceBucket: BucketName,
        to target: ObjectKey,
        in targetBucket: BucketName,
        metadata: ObjectMetadata? = nil,
        condition: WriteCondition = .always,
        where isWanted: (ObjectInfo) -> Bool = { _ in true }
    ) async throws(ObjectStoreError) -> ObjectInfo? {
        guard let original = try await object(source, in: sourceBucket), isWanted(original.info) else { return nil }
        let place = UploadTarget(bucket: targetBucket, key: target, condition: condition)
        var info = original.info
        info.key = target
        info.metadata = metadata ?? info.metadata
        // The copy was not made by that upload, so completing the upload once more must not find it.
        info.parts?.uploadID = nil
        return try await copy(original, to: place, as: info)
    }

    private func copy(
        _ original: StoredObject,
        to target: UploadTarget,
        as info: ObjectInfo
    ) async throws(ObjectStoreError) -> ObjectInfo {
        let temporary = try await threads.run { [folder] () throws(ObjectStoreError) in
            try folder.admit(target, byteCount: info.byteCount)
            return try folder.makeTemporaryFile()
        }
        do {
            for start in stride(from: 0, to: info.byteCount, by: Int(Self.copyStepByteCount)) {
                let step = start..<min(start + Self.copyStepByteCount, info.byteCount)
                try await threads.run { () throws(ObjectStoreError) in
                    try temporary.file.copy(step, of: original.file, to: start)
                    temporary.file.startWriteback(step)
                }
            }
            return try await publish(temporary, to: target, as: info)
        } catch {
            try? await threads.run { [folder] () throws(ObjectStoreError) in try folder.discard(temporary) }
            throw error
        }
    }

    private func publish(
        _ temporary: TemporaryFile,
        to target: UploadTarget,
        as info: ObjectInfo
    ) async throws(ObjectStoreError) -> ObjectInfo {
        var info = info
        info.lastModified = configuration.now()
        let sealed = info
        try await threads.run { [folder] () throws(ObjectStoreError) in
            try temporary.seal(sealed)
            try folder.publish(temporary, as: target)
        }
        configuration.onObjectCreated(target.bucket, target.key)
        return sealed
    }
}
