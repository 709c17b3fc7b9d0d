/// An object whose file is open: it stays whole and the same when its key is overwritten or deleted.
struct StoredObject: Sendable {
    /// The file: body first, trailer behind.
    let file: File
    /// What the trailer says.
    let info: ObjectInfo
}
