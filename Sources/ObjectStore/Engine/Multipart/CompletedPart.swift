/// A part as the list of a completion names it.
package struct CompletedPart: Sendable, Equatable {
    /// Its number.
    package var number: Int
    /// Its entity tag without quotes.
    package var etag: String
    /// Its checksum, which must be that of the stored part; `nil` when the list does not say it.
    package var checksum: Checksum?

    /// Names a part.
    package init(number: Int, etag: String, checksum: Checksum? = nil) {
        self.number = number
        self.etag = etag
        self.checksum = checksum
    }

    /// Names a part just as it is stored.
    package init(_ part: StoredPart) {
        self.init(number: part.number, etag: part.etag, checksum: part.checksum)
    }
}
