package import Logging
package import NIOPosix

/// Buckets of objects on a folder: whole or not there at all, durable once acknowledged.
///
/// A body is written to a temporary file and hashed as it flows, synced, and then gets its name in one step, so that a
/// crash at any instant leaves either the whole old or the whole new object. See ``TreeName`` for the names on disk
/// and ``ObjectTrailer`` for the format of a file. All work that blocks happens on the pool's threads.
package struct ObjectStore: Sendable {
    let configuration: Configuration
    let threads: DiskThreads
    let folder: StoreFolder
    let logger: Logger
    /// Keeps two completions of one upload apart.
    let completions = CompletionTurns()

    /// Opens a store: makes folders that are not there (mode 0700) and removes what a crash left behind.
    ///
    /// - Parameters:
    ///   - configuration: Where the store is and what it holds.
    ///   - pool: The threads to block on; running, and shut down by the caller after the last use of the store.
    ///   - logger: For what an operator must know of damaged files; keys are never logged.
    /// - Returns: The store, which holds the folder for itself until its last copy is gone.
    /// - Throws: ``ObjectStoreError/storageUnavailable(operation:errno:)``; with `EWOULDBLOCK` when another process, or
    ///   another store of this one, has the folder open.
    package static func open(
        _ configuration: Configuration,
        pool: NIOThreadPool,
        logger: Logger
    ) async throws(ObjectStoreError) -> ObjectStore {
        let threads = DiskThreads(pool: pool)
        let folder = try await threads.run { () throws(ObjectStoreError) in
            try StoreFolder(configuration, logger: logger)
        }
        return ObjectStore(configuration: configuration, threads: threads, folder: folder, logger: logger)
    }

    // MARK: Reading

    /// What is known of an object; `nil` when it is not there.
    ///
    /// - Throws: ``ObjectStoreError/noSuchBucket(_:)``, ``ObjectStoreError/corrupted(_:)``,
    ///   ``ObjectStoreError/storageUnavailable(operation:errno:)``.
    package func head(_ key: ObjectKey, in bucket: BucketName) async throws(ObjectStoreError) -> ObjectInfo? {
        try await object(key, in: bucket)?.info
    }

    /// Reads an object, which stays whole and the same while `body` runs, even when overwritten or deleted meanwhile.
    ///
    /// - Returns: What `body` returned; `nil` when the object is not there.
    /// - Throws: What ``head(_:in:)`` throws, and what `body` throws.
    package func withObject<Result>(
        _ key: ObjectKey,
        in bucket: BucketName,
        _ body: (ObjectReader) async throws -> Result
    ) async throws -> Result? {
        guard let object = try await object(key, in: bucket) else { return nil }
        return try await body(ObjectReader(object, on: threads))
    }

    /// Lists a part of a bucket in the byte order of the keys.
    ///
    /// - Throws: ``ObjectStoreError/noSuchBucket(_:)``, ``ObjectStoreError/storageUnavailable(operation:errno:)``.
    ///   A damaged object is left out, and logged.
    package func list(_ query: ListQuery, in bucket: BucketName) async throws(ObjectStoreError) -> ListPage {
        let listing = Listing(query, logger: logger)
        return try await threads.run { [folder] () throws(ObjectStoreError) in
            try listing.page(of: try folder.bucket(bucket))
        }
    }

    /// The object of that key, held open; `nil` when it is not there.
    func object(_ key: ObjectKey, in bucket: BucketName) async throws(ObjectStoreError) -> StoredObject? {
        try await threads.run { [folder] () throws(ObjectStoreError) in try folder.object(key, in: bucket) }
    }

    // MARK: Writing

    /// Writes one object.
    ///
    /// What `body` has not committed when it ends is gone.
    ///
    /// - Parameters:
    ///   - key: The key of the object.
    ///   - bucket: The bucket it goes to.
    ///   - plan: What is known of it beforehand; refused here if it cannot succeed.
    ///   - body: Hands the bytes to ``Upload/write(_:)`` and ends with ``Upload/commit(_:)``.
    /// - Returns: What `body` returned.
    /// - Throws: ``ObjectStoreError/noSuchBucket(_:)``, ``ObjectStoreError/preconditionFailed``,
    ///   ``ObjectStoreError/noSpace``, ``ObjectStoreError/storageUnavailable(operation:errno:)``, what `body` throws.
    @discardableResult
    package func withUpload<Result>(
        to key: ObjectKey,
        in bucket: BucketName,
        plan: UploadPlan,
        _ body: (inout Upload) async throws -> Result
    ) async throws -> Result {
        let target = UploadTarget(bucket: bucket, key: key, condition: plan.condition)
        return try await withUpload(to: .object(target), plan: plan, body)
    }

    /// Writes one object or part.
    func withUpload<Result>(
        to destination: UploadDestination,
        plan: UploadPlan,
        _ body: (inout Upload) async throws -> Result
    ) async throws -> Result {
        let file = try await threads.run { [folder] () throws(ObjectStoreError) in
            try UploadFile(to: destination, plan: plan, in: folder)
        }
        var upload = Upload(to: destination, plan: plan, file: file, store: self)
        do {
            let result = try await body(&upload)
            await upload.end()
            return result
        } catch {
            await upload.end()
            throw error
        }
    }

    /// Removes one object durably; false when it was not there.
    ///
    /// - Throws: ``ObjectStoreError/noSuchBucket(_:)``, ``ObjectStoreError/storageUnavailable(operation:errno:)``.
    package func delete(_ key: ObjectKey, in bucket: BucketName) async throws(ObjectStoreError) -> Bool {
        try await threads.run { [folder] () throws(ObjectStoreError) in try folder.remove(key, in: bucket) }
    }
}
