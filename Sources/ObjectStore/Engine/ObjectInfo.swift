/// What the store knows of an object without reading its body.
package struct ObjectInfo: Sendable, Equatable {
    /// The name of the object.
    package var key: ObjectKey
    /// The length of the body.
    package var byteCount: Int64
    /// The entity tag without its quotes: the MD5 in hex, 32 hex digits and `-1` when no MD5 was computed, or the MD5
    /// of the parts' MD5s with `-` and their number behind it.
    package var etag: String
    /// When the object became visible, in milliseconds since 1970.
    package var lastModified: Int64
    /// The SHA-256 of the body, 32 bytes; `nil` only for an object of several parts, see ``ObjectParts/sha256``.
    package var sha256: [UInt8]?
    /// The checksum that the client asked for or sent, verified.
    package var checksum: Checksum?
    /// What the checksum covers.
    package var checksumType: ChecksumType
    /// The parts it was joined of; `nil` when it came in one piece.
    package var parts: ObjectParts?
    /// What the client said of the object.
    package var metadata: ObjectMetadata

    /// Makes the description of one object.
    package init(
        key: ObjectKey,
        byteCount: Int64,
        etag: String,
        lastModified: Int64,
        sha256: [UInt8]?,
        checksum: Checksum? = nil,
        checksumType: ChecksumType = .fullObject,
        parts: ObjectParts? = nil,
        metadata: ObjectMetadata = ObjectMetadata()
    ) {
        self.key = key
        self.byteCount = byteCount
        self.etag = etag
        self.lastModified = lastModified
        self.sha256 = sha256
        self.checksum = checksum
        self.checksumType = checksumType
        self.parts = parts
        self.metadata = metadata
    }
}
