/// Which part of a bucket to list.
package struct ListQuery: Sendable, Equatable {
    /// What the keys must begin with.
    package var prefix: String
    /// Keys that have this text after the prefix are rolled up to one common prefix that ends with it.
    package var delimiter: String?
    /// Only keys behind this one in byte order; a common prefix that was returned before is skipped whole.
    package var after: String?
    /// The most entries, objects and common prefixes together.
    package var limit: Int

    /// Makes a query; without arguments that of the first thousand keys.
    package init(prefix: String = "", delimiter: String? = nil, after: String? = nil, limit: Int = 1000) {
        self.prefix = prefix
        self.delimiter = delimiter
        self.after = after
        self.limit = limit
    }
}
