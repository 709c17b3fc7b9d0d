/// One page of a bucket's unfinished uploads.
package struct MultipartPage: Sendable, Equatable {
    /// One line of the listing.
    package enum Entry: Sendable, Equatable {
        /// An upload.
        case upload(UnfinishedUpload)
        /// What the keys of several uploads begin with, up to and with the delimiter.
        case commonPrefix(String)
    }

    /// Uploads and common prefixes, in the byte order of their UTF-8, uploads of one key by their start.
    package var entries: [Entry]
    /// Whether more entries follow.
    package var isTruncated: Bool

    /// Makes a page; without arguments the empty one.
    package init(entries: [Entry] = [], isTruncated: Bool = false) {
        self.entries = entries
        self.isTruncated = isTruncated
    }

    /// The uploads of the page.
    package var uploads: [UnfinishedUpload] {
        entries.compactMap { entry in
            guard case .upload(let upload) = entry else { return nil }
            return upload
        }
    }

    /// The key or common prefix of the last entry: the next query's ``MultipartQuery/afterKey``.
    package var lastKey: String? {
        switch entries.last {
        case .upload(let upload): upload.upload.key.rawValue
        case .commonPrefix(let prefix): prefix
        case nil: nil
        }
    }

    /// The id of the last entry, if it is an upload: the next query's ``MultipartQuery/afterID``.
    package var lastID: MultipartUploadID? {
        guard case .upload(let upload) = entries.last else { return nil }
        return upload.upload.id
    }
}
