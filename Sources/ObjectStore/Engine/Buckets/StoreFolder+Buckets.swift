import Logging
import NIOCore
import Synchronization

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

extension StoreFolder {
    /// Opens every bucket in the folder `buckets/`, after making those that are configured.
    static func openBuckets(
        in parent: Folder,
        configured: Set<BucketName>,
        logger: Logger
    ) throws(ObjectStoreError) -> [BucketName: OpenBucket] {
        for name in configured { _ = try parent.makeFolder(name.rawValue) }
        var buckets: [BucketName: OpenBucket] = [:]
        for name in try parent.names().compactMap(BucketName.init(rawValue:)) {
            guard let folder = try parent.folderOnly(name.rawValue) else { continue }
            buckets[name] = try OpenBucket(folder, logger: logger)
        }
        return buckets
    }

    /// Gives each configured bucket for which nobody chose CORS rules the first ones.
    func chooseFirstCORS() throws(ObjectStoreError) {
        for name in configured where buckets.withLock({ $0[name]?.hasChosenCORS == false }) {
            try setCORS(.anyOrigin, of: name)
        }
    }

    // MARK: Making and removing

    /// Makes a bucket durably; false when it is there already.
    func makeBucket(_ name: BucketName) throws(ObjectStoreError) -> Bool {
        let marks: UnsettledFolders.Marks? = try names.withLock { unsettled throws(ObjectStoreError) in
            guard buckets.withLock({ $0[name] }) == nil else { return nil }
            unsettled.insert([name.rawValue])
            let folder = try bucketsFolder.makeFolder(name.rawValue)
            buckets.withLock { $0[name] = OpenBucket(new: folder) }
            return unsettled.marks(onTheWayTo: [name.rawValue])
        }
        guard let marks else { return false }
        try bucketsFolder.sync()
        names.withLock { unsettled in unsettled.settle(marks) }
        return true
    }

    /// Removes an empty bucket durably, with everything else that is in its folder.
    ///
    /// The folder goes to `tmp/` in one step, so that a crash leaves the whole bucket or none of it. A write that comes
    /// to its end before this step is found and keeps the bucket; one that comes later finds no bucket. Unfinished
    /// uploads do not keep it: they go with it, and no other can start meanwhile.
    func removeBucket(_ name: BucketName) throws(ObjectStoreError) {
        guard !configured.contains(name) else { throw .bucketInUse(name) }
        // Looked at twice: a long listing must not hold up all other changes of names.
        try requireEmpty(name)
        let grave = TemporaryFile.randomName()
        let uploadsGrave = TemporaryFile.randomName()
        try endingUploads.withLock { _ throws(ObjectStoreError) in
            try names.withLock { _ throws(ObjectStoreError) in
                try requireEmpty(name)
                try bucketsFolder.moveFolder(name.rawValue, to: temporary, as: grave)
                buckets.withLock { $0[name] = nil }
            }
            try buryUploads(of: name, as: uploadsGrave)
        }
        try bucketsFolder.sync()
        try uploads.sync()
        // The bucket is gone, whatever is left of it: the next opening removes that too.
        for name in [grave, uploadsGrave] { try? temporary.removeTree(name) }
    }

    private func requireEmpty(_ name: BucketName) throws(ObjectStoreError) {
        let everything = KeyBounds(prefix: [], after: [])
        var walk = try TreeWalk(try bucket(name), within: everything)
        guard try walk.next() == nil else { throw .bucketNotEmpty(name) }
    }

    // MARK: Settings

    /// Keeps the CORS rules of a bucket durably; `nil` for none.
    func setCORS(_ cors: CORSConfiguration?, of name: BucketName) throws(ObjectStoreError) {
        let file = try makeTemporaryFile()
        do {
            try file.file.write(ByteBuffer(string: cors?.xml ?? ""), at: 0)
            try file.file.sync()
            let folder = try names.withLock { _ throws(ObjectStoreError) in
                let folder = try bucket(name)
                try temporary.moveFile(file.name, to: folder, as: OpenBucket.corsFileName)
                buckets.withLock { $0[name]?.cors = cors }
                return folder
            }
            try folder.sync()
        } catch {
            try? discard(file)
            throw error
        }
    }
}

extension Folder {
    /// The folder of that name; `nil` when it is not there or is something else.
    func folderOnly(_ name: String) throws(ObjectStoreError) -> Folder? {
        do {
            return try folder(name)
        } catch let error where error.hasErrno(ENOTDIR) || error.hasErrno(ELOOP) {
            return nil
        }
    }

    /// Removes a file, or a folder with all that is in it, at a path below this one; nothing when it is not there.
    ///
    /// Holds no folder open on the way: a deep tree must not use up descriptors.
    func removeTree(_ path: String) throws(ObjectStoreError) {
        guard let names = try folderOnly(path)?.names() else {
            _ = try removeFile(path)
            return
        }
        for name in names { try removeTree("\(path)/\(name)") }
        _ = try removeFolder(path)
    }
}
