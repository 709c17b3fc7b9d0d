/// What the object of a completed upload must turn out to be; without arguments anything.
package struct MultipartExpectation: Sendable, Equatable {
    /// Its checksum, of the type that the upload's plan names.
    package var checksum: Checksum?
    /// Its length in bytes.
    package var byteCount: Int64?

    /// Makes an expectation.
    package init(checksum: Checksum? = nil, byteCount: Int64? = nil) {
        self.checksum = checksum
        self.byteCount = byteCount
    }
}
