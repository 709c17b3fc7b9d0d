/// What to read of an object.
package struct ObjectRead: Hashable, Sendable {
    /// The bytes to read, cut at the object's end; `nil` reads all of them.
    package let range: Range<Int64>?
    /// The tag the object must still have; `412` when it has another.
    package let match: ETag?

    /// Describes a read.
    ///
    /// An empty range is refused when the read is made: HTTP cannot ask for no bytes.
    package init(_ range: Range<Int64>? = nil, ifMatch match: ETag? = nil) {
        self.range = range
        self.match = match
    }
}
