import Logging

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// One page of a listing in the making.
///
/// Blocks, so it is made on the threads of the disk.
struct Listing {
    private let query: ListQuery
    private let prefix: [UInt8]
    private let delimiter: [UInt8]
    private let logger: Logger

    /// Prepares a listing.
    init(_ query: ListQuery, logger: Logger) {
        self.query = query
        self.logger = logger
        prefix = Array(query.prefix.utf8)
        delimiter = Array((query.delimiter ?? "").utf8)
    }

    /// Lists the objects below the folder of a bucket.
    func page(of bucket: Folder) throws(ObjectStoreError) -> ListPage {
        var page = ListPage()
        guard query.limit > 0 else { return page }
        var walk = try TreeWalk(bucket, within: bounds)
        while let stop = try walk.next() {
            guard page.entries.count < query.limit else {
                page.isTruncated = true
                break
            }
            if let common = commonPrefix(of: stop.key) {
                walk.skip(keysBeginningWith: common)
                let text = String(decoding: common, as: UTF8.self)
                page.entries.append(.commonPrefix(text))
                page.last = text
            } else if let info = try info(at: stop, in: bucket) {
                page.entries.append(.object(info))
                page.last = info.key.rawValue
            }
        }
        return page
    }

    private var bounds: KeyBounds {
        let after = Array((query.after ?? "").utf8)
        let isCommonPrefix = after.starts(with: prefix) && commonPrefix(of: after) == after
        return KeyBounds(prefix: prefix, after: after, skipped: isCommonPrefix ? after : nil)
    }

    /// The key up to and with the first delimiter behind the prefix; `nil` if there is none.
    private func commonPrefix(of key: [UInt8]) -> [UInt8]? {
        guard !delimiter.isEmpty, key.count >= prefix.count + delimiter.count else { return nil }
        let starts = prefix.count...key.count - delimiter.count
        let found = starts.first { key[$0...].starts(with: delimiter) }
        return found.map { Array(key[..<($0 + delimiter.count)]) }
    }

    /// What is known of an object; `nil` when it is gone meanwhile or cannot be read, for one bad file must not hide
    /// all others.
    private func info(at stop: TreeWalk.Stop, in bucket: Folder) throws(ObjectStoreError) -> ObjectInfo? {
        let text = String(validating: stop.key, as: UTF8.self)
        guard let key = text.flatMap(ObjectKey.init(rawValue:)) else { return nil }
        do {
            guard let file = try bucket.file(stop.path) else { return nil }
            return try ObjectTrailer.read(from: file, of: key)
        } catch let error where error == .corrupted(key) || error.hasErrno(ELOOP) {
            logger.error("the file of an object is damaged; it is left out of the listing")
            return nil
        }
    }
}
