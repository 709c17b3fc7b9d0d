import Logging
import Synchronization

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// The folder of a store, with all that changes in it.
///
/// `tmp/` is for writes under way, `buckets/<bucket>/` for objects, `uploads/<bucket>/` for unfinished multipart
/// uploads, and `lock` is held while the store is open. All functions block.
///
/// A class, for it owns the lock on names and the open folders. Every change of names happens under that one lock, so
/// that a condition still holds when the name changes and no folder vanishes between being made and being used.
/// Nothing slow is done under it: bodies are written and folders synced outside.
final class StoreFolder: Sendable {
    /// How many bytes of the disk stay free.
    private let keepFreeBytes: Int64
    /// Files and folders that are to become something else, or nothing.
    let temporary: Folder
    /// The unfinished multipart uploads: a folder a bucket, and in it one an upload.
    let uploads: Folder
    /// The uploads whose object has its place while their folder is not yet gone: for everybody else they are gone.
    ///
    /// Every change of names in `uploads` happens under this lock; inside of it, `names` may be taken.
    let endingUploads = Mutex<Set<MultipartUploadID>>([])
    /// `buckets/`.
    let bucketsFolder: Folder
    /// The buckets that the server is set up with, which stay.
    let configured: Set<BucketName>
    /// Every bucket; changed under ``names`` only, and locked for a look only.
    let buckets: Mutex<[BucketName: OpenBucket]>
    /// Held for as long as the store is open: a second process would take our writes under way for leftovers.
    private let lockFile: File
    let names = Mutex(UnsettledFolders())

    /// Opens the folder, made with all that is in it when it is not there, and removes what a crash left in `tmp/`.
    init(_ configuration: ObjectStore.Configuration, logger: Logger) throws(ObjectStoreError) {
        let root = try Folder.make(path: configuration.directory)
        lockFile = try root.makeFile("lock")
        try lockFile.lock()
        keepFreeBytes = configuration.keepFreeBytes
        configured = Set(configuration.buckets)
        temporary = try root.makeFolder("tmp")
        for name in try temporary.names() { try temporary.removeTree(name) }
        uploads = try root.makeFolder("uploads")
        bucketsFolder = try root.makeFolder("buckets")
        buckets = Mutex(try Self.openBuckets(in: bucketsFolder, configured: configured, logger: logger))
        for folder in [temporary, uploads, bucketsFolder, root] { try folder.sync() }
        try removeUploadsOfNoBucket()
        try chooseFirstCORS()
    }

    // MARK: Reading

    /// The folder of a bucket.
    func bucket(_ name: BucketName) throws(ObjectStoreError) -> Folder {
        guard let bucket = buckets.withLock({ $0[name] }) else { throw .noSuchBucket(name) }
        return bucket.folder
    }

    /// The object of that key, held open; `nil` when it is not there.
    func object(_ key: ObjectKey, in bucket: BucketName) throws(ObjectStoreError) -> StoredObject? {
        guard let file = try self.bucket(bucket).file(at: ObjectPath(key)) else { return nil }
        return StoredObject(file: file, info: try ObjectTrailer.read(from: file, of: key))
    }

    // MARK: Writing

    /// Refuses what cannot succeed before a byte of it was read: a condition that does not hold, a disk too full.
    func admit(_ target: UploadTarget, byteCount: Int64?) throws(ObjectStoreError) {
        try check(target)
        try requireSpace(for: byteCount ?? 0)
    }

    /// Refuses if the disk would be fuller than allowed after `byteCount` more bytes.
    func requireSpace(for byteCount: Int64) throws(ObjectStoreError) {
        let (rest, overflow) = try temporary.freeByteCount().subtractingReportingOverflow(byteCount)
        guard !overflow, rest >= keepFreeBytes else { throw .noSpace }
    }

    /// Makes a new file in `tmp/`.
    func makeTemporaryFile() throws(ObjectStoreError) -> TemporaryFile {
        let name = TemporaryFile.randomName()
        return TemporaryFile(name: name, file: try temporary.createFile(name))
    }

    /// Removes a temporary file, if it is still there.
    func discard(_ file: TemporaryFile) throws(ObjectStoreError) {
        _ = try temporary.removeFile(file.name)
    }

    /// Gives a complete, synced temporary file its place in the tree, durably, if the condition holds.
    func publish(_ file: TemporaryFile, as target: UploadTarget) throws(ObjectStoreError) {
        try settle(try place(file, as: target))
    }

    /// Where an object was placed, and what is yet to be synced.
    struct Placement {
        fileprivate let folder: Folder
        fileprivate let marks: UnsettledFolders.Marks
        /// The file that has a second name in the tree now; `nil` if it was moved there.
        fileprivate let linked: TemporaryFile?
    }

    /// The first half of ``publish(_:as:)``: makes the object visible.
    func place(_ file: TemporaryFile, as target: UploadTarget) throws(ObjectStoreError) -> Placement {
        try names.withLock { unsettled throws(ObjectStoreError) in try place(file, as: target, &unsettled) }
    }

    /// The second half of ``publish(_:as:)``: makes the object durable.
    func settle(_ placement: Placement) throws(ObjectStoreError) {
        try placement.folder.syncUpwards(levels: placement.marks.levels)
        names.withLock { unsettled in unsettled.settle(placement.marks) }
        // The object is there, whatever becomes of its other name: the next opening removes that too.
        if let linked = placement.linked { try? discard(linked) }
    }

    private func place(
        _ file: TemporaryFile,
        as target: UploadTarget,
        _ unsettled: inout UnsettledFolders
    ) throws(ObjectStoreError) -> Placement {
        // Whether a key is free, the link itself finds out.
        if target.condition != .ifAbsent { try check(target) }
        let path = ObjectPath(target.key)
        let folder = try bucket(target.bucket).makeFolders(path.folders) { made in
            unsettled.insert([target.bucket.rawValue] + made)
        }
        if target.condition == .ifAbsent {
            try link(file, to: folder, as: path.file)
        } else {
            try temporary.moveFile(file.name, to: folder, as: path.file)
        }
        let marks = unsettled.marks(onTheWayTo: [target.bucket.rawValue] + path.folders)
        return Placement(folder: folder, marks: marks, linked: target.condition == .ifAbsent ? file : nil)
    }

    private func link(_ file: TemporaryFile, to folder: Folder, as name: String) throws(ObjectStoreError) {
        do {
            try temporary.linkFile(file.name, to: folder, as: name)
        } catch let error where error.hasErrno(EEXIST) {
            throw .preconditionFailed
        }
    }

    private func check(_ target: UploadTarget) throws(ObjectStoreError) {
        switch target.condition {
        case .always:
            _ = try bucket(target.bucket)
        case .ifAbsent:
            guard try bucket(target.bucket).file(at: ObjectPath(target.key)) == nil else { throw .preconditionFailed }
        case .ifMatch(let etag):
            let present = try object(target.key, in: target.bucket)
            guard present?.info.etag == etag else { throw .preconditionFailed }
        }
    }

    // MARK: Removing

    /// Removes the object of that key durably, and the folders that became empty; false when it was not there.
    func remove(_ key: ObjectKey, in bucket: BucketName) throws(ObjectStoreError) -> Bool {
        let path = ObjectPath(key)
        let root = try self.bucket(bucket)
        let folder: Folder? = try names.withLock { _ throws(ObjectStoreError) in
            guard let folder = try root.folder(at: path.folders) else { return nil }
            return try folder.removeFile(path.file) ? folder : nil
        }
        guard let folder else { return false }
        try folder.sync()
        try names.withLock { _ throws(ObjectStoreError) in try root.removeEmptyFolders(path.folders) }
        return true
    }
}
