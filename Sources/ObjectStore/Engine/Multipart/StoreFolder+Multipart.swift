import NIOCore
import Synchronization

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// Unfinished uploads on disk: `uploads/<bucket>/<id>/` holds `plan` and, as `00001` to `10000`, the parts.
///
/// A part is a file like that of an object, its trailer included; the plan is a trailer without a body. An upload's
/// folder is made complete in `tmp/` and moved here in one step, and moved back there in one step before it is removed:
/// so after a crash it is there with all of its durable parts, or it is not there at all.
extension StoreFolder {
    private static let planName = "plan"

    /// The name of a part's file.
    private static func fileName(ofPart number: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, 5 - digits.count)) + digits
    }

    // MARK: Starting

    /// Starts an upload durably.
    ///
    /// - Throws: ``ObjectStoreError/noSpace`` when the disk is as full as it may be: whoever may begin uploads could
    ///   else fill the rest with beginnings.
    func create(_ unfinished: UnfinishedUpload) throws(ObjectStoreError) {
        try requireSpace(for: 0)
        let upload = unfinished.upload
        let name = TemporaryFile.randomName()
        let draft = try temporary.makeFolder(name)
        do {
            var fields = ByteBuffer()
            TrailerFields.write(unfinished, to: &fields)
            let plan = try draft.createFile(Self.planName)
            try plan.write(try ObjectTrailer.encode(fields: fields), at: 0)
            try plan.sync()
            try draft.sync()
            let parent = try endingUploads.withLock { _ throws(ObjectStoreError) in
                _ = try bucket(upload.bucket)
                let parent = try uploads.makeFolder(upload.bucket.rawValue)
                try temporary.moveFolder(name, to: parent, as: upload.id.rawValue)
                return parent
            }
            try parent.syncUpwards(levels: 1)
        } catch {
            try? temporary.removeTree(name)
            throw error
        }
    }

    // MARK: Reading

    /// The folder of an unfinished upload.
    ///
    /// - Throws: ``ObjectStoreError/noSuchUpload(_:)`` when it is not there, or its object has its place already.
    func folder(of upload: MultipartUpload) throws(ObjectStoreError) -> Folder {
        _ = try bucket(upload.bucket)
        let isEnding = endingUploads.withLock { $0.contains(upload.id) }
        guard !isEnding, let folder = try uploads.folder(at: [upload.bucket.rawValue, upload.id.rawValue]) else {
            throw .noSuchUpload(upload.id)
        }
        return folder
    }

    /// What was said of an upload at its start.
    ///
    /// - Throws: ``ObjectStoreError/noSuchUpload(_:)`` also when the id belongs to another key.
    func plan(of upload: MultipartUpload) throws(ObjectStoreError) -> MultipartPlan {
        let unfinished = try Self.unfinished(in: try folder(of: upload), bucket: upload.bucket)
        guard let unfinished, unfinished.upload == upload else { throw .noSuchUpload(upload.id) }
        return unfinished.plan
    }

    /// All unfinished uploads of a bucket whose key is one of those wanted, in no order.
    func unfinishedUploads(
        in bucket: BucketName,
        where isWanted: (ObjectKey) -> Bool
    ) throws(ObjectStoreError) -> [UnfinishedUpload] {
        var found: [UnfinishedUpload] = []
        for id in try uploadIDs(in: bucket) {
            guard let folder = try uploads.folder(at: [bucket.rawValue, id.rawValue]),
                let unfinished = try Self.unfinished(in: folder, bucket: bucket), isWanted(unfinished.upload.key)
            else { continue }
            found.append(unfinished)
        }
        return found
    }

    /// The ids of all unfinished uploads of a bucket, in no order.
    func uploadIDs(in bucket: BucketName) throws(ObjectStoreError) -> [MultipartUploadID] {
        _ = try self.bucket(bucket)
        guard let folder = try uploads.folder(bucket.rawValue) else { return [] }
        let ending = endingUploads.withLock { $0 }
        return try folder.names().compactMap(MultipartUploadID.init(rawValue:)).filter { !ending.contains($0) }
    }

    private static func unfinished(in folder: Folder, bucket: BucketName) throws(ObjectStoreError) -> UnfinishedUpload?
    {
        guard let file = try folder.file(planName), let found = try ObjectTrailer.fields(of: file) else { return nil }
        return TrailerFields.readPlan(found.fields, in: bucket)
    }

    /// The numbers of the parts of an upload, ascending.
    func partNumbers(of upload: MultipartUpload) throws(ObjectStoreError) -> [Int] {
        try folder(of: upload).names().filter { $0 != Self.planName }.compactMap { Int($0) }.sorted()
    }

    /// The parts of these numbers that are there whole, in the order asked for.
    func parts(_ numbers: ArraySlice<Int>, of upload: MultipartUpload) throws(ObjectStoreError) -> [StoredPart] {
        let folder = try folder(of: upload)
        var parts: [StoredPart] = []
        for number in numbers {
            if let part = try part(number, of: upload, in: folder)?.part { parts.append(part) }
        }
        return parts
    }

    /// The part of that number, held open; `nil` when it is not there or damaged: its sender sends it again then.
    func part(
        _ number: Int,
        of upload: MultipartUpload,
        in folder: Folder
    ) throws(ObjectStoreError) -> (part: StoredPart, file: File)? {
        guard let file = try folder.file(Self.fileName(ofPart: number)) else { return nil }
        do {
            return (StoredPart(number: number, try ObjectTrailer.read(from: file, of: upload.key)), file)
        } catch .corrupted {
            return nil
        }
    }

    // MARK: Changing

    /// Gives a complete, synced temporary file its place among the parts, durably, instead of one of that number.
    func publish(_ file: TemporaryFile, asPart number: Int, of upload: MultipartUpload) throws(ObjectStoreError) {
        let folder = try endingUploads.withLock { ending throws(ObjectStoreError) in
            let folder = try parts(of: upload, unless: ending)
            try temporary.moveFile(file.name, to: folder, as: Self.fileName(ofPart: number))
            return folder
        }
        try folder.sync()
    }

    /// Ends an upload durably, with all of its parts; false when it was not there.
    func abort(_ upload: MultipartUpload) throws(ObjectStoreError) -> Bool {
        do {
            _ = try plan(of: upload)
        } catch .noSuchUpload {
            return false
        }
        return try remove(upload.id, in: upload.bucket)
    }

    /// Removes the upload of that id durably, whatever state it is in; false when it was not there.
    func remove(_ id: MultipartUploadID, in bucket: BucketName) throws(ObjectStoreError) -> Bool {
        guard let parent = try uploads.folder(bucket.rawValue) else { return false }
        let name = TemporaryFile.randomName()
        let isMoved = try endingUploads.withLock { ending throws(ObjectStoreError) in
            guard !ending.contains(id), try parent.folder(id.rawValue) != nil else { return false }
            try parent.moveFolder(id.rawValue, to: temporary, as: name)
            return true
        }
        guard isMoved else { return false }
        try parent.sync()
        try temporary.removeTree(name)
        return true
    }

    /// Moves all unfinished uploads of a bucket to `tmp/`, for a bucket that is being removed.
    ///
    /// To be called under the lock on uploads.
    func buryUploads(of bucket: BucketName, as grave: String) throws(ObjectStoreError) {
        guard try uploads.folder(bucket.rawValue) != nil else { return }
        try uploads.moveFolder(bucket.rawValue, to: temporary, as: grave)
    }

    /// Removes the uploads of buckets that are not there, which a crash in the middle of removing one leaves.
    func removeUploadsOfNoBucket() throws(ObjectStoreError) {
        let present = buckets.withLock { Set($0.keys.map(\.rawValue)) }
        for name in try uploads.names() where !present.contains(name) { try uploads.removeTree(name) }
    }

    /// Makes a joined file the object of its upload, durably, and then removes the upload.
    ///
    /// From the moment that the object has its place nobody finds the upload any more; if the object cannot be made
    /// durable, it is found again, and can be completed again.
    func publish(
        _ file: TemporaryFile,
        as target: UploadTarget,
        ending upload: MultipartUpload
    ) throws(ObjectStoreError) {
        let placement = try endingUploads.withLock { ending throws(ObjectStoreError) in
            _ = try parts(of: upload, unless: ending)
            let placement = try place(file, as: target)
            ending.insert(upload.id)
            return placement
        }
        defer { _ = endingUploads.withLock { $0.remove(upload.id) } }
        try settle(placement)
        // The object is there: what of the upload cannot be removed now, the sweep removes.
        try? removeEnded(upload)
    }

    private func removeEnded(_ upload: MultipartUpload) throws(ObjectStoreError) {
        guard let parent = try uploads.folder(upload.bucket.rawValue) else { return }
        let name = TemporaryFile.randomName()
        try parent.moveFolder(upload.id.rawValue, to: temporary, as: name)
        try parent.sync()
        try temporary.removeTree(name)
    }

    private func parts(
        of upload: MultipartUpload,
        unless ending: Set<MultipartUploadID>
    ) throws(ObjectStoreError) -> Folder {
        guard
            !ending.contains(upload.id),
            let folder = try uploads.folder(at: [upload.bucket.rawValue, upload.id.rawValue])
        else { throw .noSuchUpload(upload.id) }
        return folder
    }
}
