/// The digests that a client may ask S3 to check and to keep; the raw value is S3's name.
package enum ChecksumAlgorithm: String, Sendable, CaseIterable {
    /// SHA-256, computed for every object anyway.
    case sha256 = "SHA256"
    /// SHA-1.
    case sha1 = "SHA1"
    /// The CRC-32 of zip and PNG.
    case crc32 = "CRC32"
    /// CRC-32 with Castagnoli's polynomial.
    case crc32c = "CRC32C"
    /// The 64-bit CRC of the NVMe specification, today's default of the AWS clients.
    case crc64nvme = "CRC64NVME"

    /// The header that carries the digest in base64: `x-amz-checksum-sha256`.
    package var headerName: String { "x-amz-checksum-" + rawValue.lowercased() }

    /// Whether it is a CRC: it finds accidents, not attacks.
    package var isCyclic: Bool {
        switch self {
        case .sha256, .sha1: false
        case .crc32, .crc32c, .crc64nvme: true
        }
    }

    /// The length of the digest in bytes.
    package var digestByteCount: Int {
        switch self {
        case .sha256: 32
        case .sha1: 20
        case .crc32, .crc32c: 4
        case .crc64nvme: 8
        }
    }
}
