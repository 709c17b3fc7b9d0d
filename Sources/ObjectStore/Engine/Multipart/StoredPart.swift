/// A part of an unfinished upload, as the store has it.
package struct StoredPart: Sendable, Hashable {
    /// Its number: 1 to 10,000.
    package let number: Int
    /// Its length.
    package let byteCount: Int64
    /// Its entity tag without quotes: the MD5 in hex.
    package let etag: String
    /// Its SHA-256, 32 bytes; always computed.
    package let sha256: [UInt8]
    /// Its checksum by the algorithm of the upload's plan, or else the one that its sender named.
    package let checksum: Checksum?
    /// When it was stored, in milliseconds since 1970.
    package let lastModified: Int64

    /// Describes one part.
    ///
    /// - Parameters:
    ///   - number: Its number.
    ///   - info: What ``Upload/commit(_:)`` returned for it.
    package init(number: Int, _ info: ObjectInfo) {
        self.number = number
        byteCount = info.byteCount
        etag = info.etag
        sha256 = info.sha256 ?? []
        checksum = info.checksum
        lastModified = info.lastModified
    }
}
