/// One page of a listing of uploads in the making.
struct MultipartListing {
    private let query: MultipartQuery
    private let prefix: [UInt8]
    private let delimiter: [UInt8]
    private let after: [UInt8]

    /// Prepares a listing.
    init(_ query: MultipartQuery) {
        self.query = query
        prefix = Array(query.prefix.utf8)
        delimiter = Array((query.delimiter ?? "").utf8)
        after = Array((query.afterKey ?? "").utf8)
    }

    /// Takes the page out of all uploads whose key begins with the prefix.
    func page(of uploads: [UnfinishedUpload]) -> MultipartPage {
        guard query.limit > 0 else { return MultipartPage() }
        let afterIsCommon = commonPrefix(of: after) == after
        var entries: [MultipartPage.Entry] = []
        for unfinished in uploads.sorted(by: Self.isBefore) where isWanted(unfinished.upload, afterIsCommon) {
            let common = commonPrefix(of: Array(unfinished.upload.key.rawValue.utf8))
            let entry = common.map { MultipartPage.Entry.commonPrefix(String(decoding: $0, as: UTF8.self)) }
            if let entry, entries.last == entry { continue }
            guard entries.count < query.limit else { return MultipartPage(entries: entries, isTruncated: true) }
            entries.append(entry ?? .upload(unfinished))
        }
        return MultipartPage(entries: entries)
    }

    private static func isBefore(_ left: UnfinishedUpload, _ right: UnfinishedUpload) -> Bool {
        let (left, right) = (left.upload, right.upload)
        return left.key == right.key ? left.id < right.id : left.key < right.key
    }

    private func isWanted(_ upload: MultipartUpload, _ afterIsCommon: Bool) -> Bool {
        guard query.afterKey != nil else { return true }
        let key = Array(upload.key.rawValue.utf8)
        if afterIsCommon, key.starts(with: after) { return false }
        if key == after, let afterID = query.afterID { return afterID < upload.id }
        return after.lexicographicallyPrecedes(key)
    }

    /// The key up to and with the first delimiter behind the prefix; `nil` if there is none.
    private func commonPrefix(of key: [UInt8]) -> [UInt8]? {
        guard !delimiter.isEmpty, key.starts(with: prefix), key.count >= prefix.count + delimiter.count else {
            return nil
        }
        let starts = prefix.count...key.count - delimiter.count
        let found = starts.first { key[$0...].starts(with: delimiter) }
        return found.map { Array(key[..<($0 + delimiter.count)]) }
    }
}
