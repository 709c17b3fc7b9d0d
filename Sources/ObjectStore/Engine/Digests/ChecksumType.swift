/// What the checksum of an object covers; the raw value is S3's name.
package enum ChecksumType: String, Sendable, CaseIterable {
    /// All bytes of the object.
    case fullObject = "FULL_OBJECT"
    /// The checksums of the parts, one behind the other.
    case composite = "COMPOSITE"
}

extension ChecksumAlgorithm {
    /// The types that the checksum of a multipart object can have, the usual one first.
    ///
    /// A CRC of the whole follows from those of the parts, a SHA does not (AWS, "Checking object integrity").
    package var checksumTypes: [ChecksumType] {
        switch self {
        case .sha256, .sha1: [.composite]
        case .crc32, .crc32c: [.composite, .fullObject]
        case .crc64nvme: [.fullObject]
        }
    }
}
