#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// A walk over the objects of a bucket in the byte order of their keys, which skips folders that cannot matter.
///
/// Holds no folder open: a deep tree must not use up descriptors. Each folder's path was walked, name for name, and
/// none of them is a link.
struct TreeWalk {
    /// An object that the walk came to.
    struct Stop {
        /// The bytes of the key.
        let key: [UInt8]
        /// The path of the file below the bucket's folder.
        let path: String
    }

    private struct Level {
        /// The path of the folder below the bucket's, with a `/` at its end; empty for the bucket itself.
        let path: String
        /// What all keys in the folder begin with.
        let start: [UInt8]
        /// The names not yet visited, the next one last.
        var names: [TreeName]
    }

    private let bucket: Folder
    private var bounds: KeyBounds
    private var levels: [Level] = []

    /// Starts a walk over the keys inside of `bounds`.
    init(_ bucket: Folder, within bounds: KeyBounds) throws(ObjectStoreError) {
        self.bucket = bucket
        self.bounds = bounds
        try descend(into: bucket, path: "", start: [])
    }

    /// Leaves out all further keys that begin with `start`.
    mutating func skip(keysBeginningWith start: [UInt8]) {
        bounds.skipped = start
    }

    /// Goes to the next object; `nil` at the end.
    mutating func next() throws(ObjectStoreError) -> Stop? {
        while let level = levels.last {
            guard let name = levels[levels.count - 1].names.popLast() else {
                levels.removeLast()
                continue
            }
            let start = level.start + name.keyBytes
            let path = level.path + name.fileName
            if name.kind == .object {
                if bounds.admit(start) { return Stop(key: start, path: path) }
            } else if bounds.mayAdmitKeys(beginningWith: start), let folder = try open(path) {
                try descend(into: folder, path: path + "/", start: start)
            }
        }
        return nil
    }

    /// Opens a folder; `nil` when it is gone meanwhile, or is no folder at all but something put there by others.
    private func open(_ path: String) throws(ObjectStoreError) -> Folder? {
        do {
            return try bucket.folder(path)
        } catch let error where error.hasErrno(ENOTDIR) || error.hasErrno(ELOOP) {
            return nil
        }
    }

    private mutating func descend(into folder: Folder, path: String, start: [UInt8]) throws(ObjectStoreError) {
        var names: [(keyBytes: ArraySlice<UInt8>, name: TreeName)] = []
        for fileName in try folder.names() {
            guard let name = TreeName(fileName: fileName) else { continue }
            let key = start + name.keyBytes
            let matters = name.kind == .object ? bounds.admit(key) : bounds.mayAdmitKeys(beginningWith: key)
            if matters { names.append((name.keyBytes, name)) }
        }
        names.sort { $1.keyBytes.lexicographicallyPrecedes($0.keyBytes) }
        levels.append(Level(path: path, start: start, names: names.map(\.name)))
    }
}
