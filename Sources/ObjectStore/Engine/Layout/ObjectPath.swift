/// Where the object of a key lies in the tree of its bucket.
///
/// Made of ``TreeName``s only: whatever the key contains, the path cannot lead out of the bucket's folder.
struct ObjectPath: Equatable, Sendable {
    /// The names of the folders from the bucket down.
    let folders: [String]
    /// The name of the file in the last folder.
    let file: String

    /// Finds the place of a key.
    init(_ key: ObjectKey) {
        var components = Array(key.rawValue.utf8).split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        let last = components.popLast() ?? []
        var folders: [String] = []
        for component in components {
            let rest = Self.cut(component, into: &folders)
            folders.append(TreeName(kind: .folder, bytes: rest).fileName)
        }
        let rest = Self.cut(last, into: &folders)
        self.folders = folders
        self.file = TreeName(kind: .object, bytes: rest).fileName
    }

    private static func cut(_ component: ArraySlice<UInt8>, into folders: inout [String]) -> ArraySlice<UInt8> {
        var rest = component
        while rest.count >= TreeName.pieceByteCount {
            folders.append(TreeName(kind: .piece, bytes: rest.prefix(TreeName.pieceByteCount)).fileName)
            rest = rest.dropFirst(TreeName.pieceByteCount)
        }
        return rest
    }
}
