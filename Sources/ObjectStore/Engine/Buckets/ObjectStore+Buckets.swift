import Synchronization

extension ObjectStore {
    /// The names of the buckets, in order: those of the configuration and those that clients made.
    package var buckets: [BucketName] { folder.buckets.withLock { Array($0.keys) }.sorted() }

    /// Whether a bucket of that name is there.
    package func hasBucket(_ name: BucketName) -> Bool { folder.buckets.withLock { $0[name] != nil } }

    /// Makes a bucket durably.
    ///
    /// - Parameter name: The bucket's name.
    /// - Returns: False when it was there already.
    /// - Throws: ``ObjectStoreError/noSpace``, ``ObjectStoreError/storageUnavailable(operation:errno:)``.
    package func createBucket(_ name: BucketName) async throws(ObjectStoreError) -> Bool {
        try await threads.run { [folder] () throws(ObjectStoreError) in try folder.makeBucket(name) }
    }

    /// Removes an empty bucket durably, with its settings.
    ///
    /// - Parameter name: The bucket's name.
    /// - Throws: ``ObjectStoreError/noSuchBucket(_:)``, ``ObjectStoreError/bucketNotEmpty(_:)``,
    ///   ``ObjectStoreError/bucketInUse(_:)`` for one of the configuration,
    ///   ``ObjectStoreError/storageUnavailable(operation:errno:)``.
    package func deleteBucket(_ name: BucketName) async throws(ObjectStoreError) {
        try await threads.run { [folder] () throws(ObjectStoreError) in try folder.removeBucket(name) }
    }

    /// The CORS rules of a bucket; `nil` when it has none, or is not there.
    func cors(of name: BucketName) -> CORSConfiguration? {
        folder.buckets.withLock { $0[name]?.cors }
    }

    /// Keeps the CORS rules of a bucket durably; `nil` for none.
    ///
    /// - Throws: ``ObjectStoreError/noSuchBucket(_:)``, ``ObjectStoreError/noSpace``,
    ///   ``ObjectStoreError/storageUnavailable(operation:errno:)``.
    func setCORS(_ cors: CORSConfiguration?, of name: BucketName) async throws(ObjectStoreError) {
        try await threads.run { [folder] () throws(ObjectStoreError) in try folder.setCORS(cors, of: name) }
    }
}
