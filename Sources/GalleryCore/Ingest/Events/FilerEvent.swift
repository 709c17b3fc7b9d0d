/// What the webhook of SeaweedFS's filer sends: a path in its file system, and the entry that is there now.
struct FilerEvent: Decodable {
    /// The folder that holds one folder for each bucket.
    private static let bucketsFolder = "/buckets/"

    private let key: String
    private let message: Message

    private struct Message: Decodable {
        let newEntry: Entry?
        let newParentPath: String?

        private enum CodingKeys: String, CodingKey {
            case newEntry = "new_entry"
            case newParentPath = "new_parent_path"
        }
    }

    private struct Entry: Decodable {
        let name: String
        let isDirectory: Bool?

        private enum CodingKeys: String, CodingKey {
            case name
            case isDirectory = "is_directory"
        }
    }

    /// The object, when a file has been created, changed, or renamed to what it is called now.
    var stored: [ObjectAddress] {
        guard let entry = message.newEntry, entry.isDirectory != true else { return [] }
        let path = message.newParentPath.map { "\($0)/\(entry.name)" } ?? key
        guard path.hasPrefix(Self.bucketsFolder) else { return [] }
        let names = path.dropFirst(Self.bucketsFolder.count).split(separator: "/", maxSplits: 1)
        guard names.count == 2 else { return [] }
        return [ObjectAddress(bucket: String(names[0]), key: String(names[1]))]
    }
}
