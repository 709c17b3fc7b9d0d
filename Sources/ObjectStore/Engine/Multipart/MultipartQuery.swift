/// Which unfinished uploads of a bucket to list.
package struct MultipartQuery: Sendable, Equatable {
    /// What the keys must begin with.
    package var prefix: String
    /// Keys that have this text after the prefix are rolled up to one common prefix that ends with it.
    package var delimiter: String?
    /// Only keys behind this one in byte order; a common prefix that was returned before is skipped whole.
    package var afterKey: String?
    /// With ``afterKey``: uploads of that very key whose id is behind this one are listed too.
    package var afterID: MultipartUploadID?
    /// The most entries, uploads and common prefixes together.
    package var limit: Int

    /// Makes a query; without arguments that of the first thousand uploads.
    package init(
        prefix: String = "",
        delimiter: String? = nil,
        afterKey: String? = nil,
        afterID: MultipartUploadID? = nil,
        limit: Int = 1000
    ) {
        self.prefix = prefix
        self.delimiter = delimiter
        self.afterKey = afterKey
        self.afterID = afterID
        self.limit = limit
    }
}
