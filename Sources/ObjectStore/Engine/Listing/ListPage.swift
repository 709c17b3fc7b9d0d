/// One page of a listing, in byte order.
package struct ListPage: Sendable, Equatable {
    /// One line of a listing.
    package enum Entry: Sendable, Equatable {
        /// An object.
        case object(ObjectInfo)
        /// What several keys begin with, up to and with the delimiter.
        case commonPrefix(String)
    }

    /// Objects and common prefixes, in the byte order of their UTF-8.
    package var entries: [Entry]
    /// Whether more entries follow.
    package var isTruncated: Bool
    /// The key or common prefix of the last entry, which is the next query's ``ListQuery/after``.
    package var last: String?

    /// Makes a page; without arguments the empty one.
    package init(entries: [Entry] = [], isTruncated: Bool = false, last: String? = nil) {
        self.entries = entries
        self.isTruncated = isTruncated
        self.last = last
    }
}
