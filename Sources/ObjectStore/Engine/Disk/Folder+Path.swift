#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

extension Folder {
    /// Opens the folder at a path that the operator chose, made (mode 0700) with its parents when it is not there.
    static func make(path: String) throws(ObjectStoreError) -> Folder {
        do {
            return try Folder(path: path)
        } catch let error where error.isMissing {
            var names = path.split(separator: "/")
            guard let name = names.popLast() else { throw error }
            let parent = try make(path: (path.hasPrefix("/") ? "/" : "./") + names.joined(separator: "/"))
            let folder = try parent.makeFolder(String(name))
            try parent.sync()
            return folder
        }
    }

    /// The folder below this one by the names of the folders on the way; `nil` when one is not there.
    func folder(at names: [String]) throws(ObjectStoreError) -> Folder? {
        var folder = self
        for name in names {
            guard let next = try folder.folder(name) else { return nil }
            folder = next
        }
        return folder
    }

    /// The file of an object below this folder, for reading; `nil` when it is not there.
    func file(at path: ObjectPath) throws(ObjectStoreError) -> File? {
        try folder(at: path.folders)?.file(path.file)
    }

    /// The folder below this one by the names of the folders on the way, each made when it is not there.
    ///
    /// - Parameters:
    ///   - names: The names of the folders on the way.
    ///   - willMakeFolder: Called with the names up to each folder that is not there.
    /// - Returns: The last folder.
    /// - Throws: ``ObjectStoreError/noSpace``, ``ObjectStoreError/storageUnavailable(operation:errno:)``.
    func makeFolders(
        _ names: [String],
        willMakeFolder: ([String]) -> Void
    ) throws(ObjectStoreError) -> Folder {
        var folder = self
        for (index, name) in names.enumerated() {
            if let next = try folder.folder(name) {
                folder = next
            } else {
                willMakeFolder(Array(names[...index]))
                folder = try folder.makeFolder(name)
            }
        }
        return folder
    }

    /// Removes folders from the last one up, until one is not empty.
    func removeEmptyFolders(_ names: [String]) throws(ObjectStoreError) {
        var names = names[...]
        while !names.isEmpty {
            guard try removeFolder(names.joined(separator: "/")) else { return }
            names.removeLast()
        }
    }
}
