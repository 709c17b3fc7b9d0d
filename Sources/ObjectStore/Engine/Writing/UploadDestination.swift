/// What a body is to become.
enum UploadDestination: Sendable {
    /// An object.
    case object(UploadTarget)
    /// The part of that number of an unfinished upload.
    case part(Int, of: MultipartUpload)

    /// The key of the object, now or once the upload is completed.
    var key: ObjectKey {
        switch self {
        case .object(let target): target.key
        case .part(_, let upload): upload.key
        }
    }
}

extension StoreFolder {
    /// Refuses what cannot succeed before a byte of it was read.
    func admit(_ destination: UploadDestination, byteCount: Int64?) throws(ObjectStoreError) {
        switch destination {
        case .object(let target):
            try admit(target, byteCount: byteCount)
        case .part(_, let upload):
            _ = try folder(of: upload)
            try requireSpace(for: byteCount ?? 0)
        }
    }

    /// Gives a complete, synced temporary file its place, durably.
    func publish(_ file: TemporaryFile, at destination: UploadDestination) throws(ObjectStoreError) {
        switch destination {
        case .object(let target): try publish(file, as: target)
        case .part(let number, let upload): try publish(file, asPart: number, of: upload)
        }
    }
}
