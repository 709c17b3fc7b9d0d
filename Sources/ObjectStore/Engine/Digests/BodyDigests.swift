import Crypto
import NIOCore

/// All digests of one body, computed as it flows.
struct BodyDigests: Sendable {
    private enum Extra: Sendable {
        case sha1(Insecure.SHA1)
        case crc32(CyclicRedundancyCheck<UInt32>, ChecksumAlgorithm)
        case crc64(CyclicRedundancyCheck<UInt64>)
    }

    private var sha256 = SHA256()
    private var md5: Insecure.MD5?
    private var extra: Extra?

    /// Makes digests of nothing.
    ///
    /// - Parameters:
    ///   - computesMD5: Whether the MD5 is one of them.
    ///   - checksum: One more digest besides SHA-256.
    init(computesMD5: Bool, checksum: ChecksumAlgorithm?) {
        md5 = computesMD5 ? Insecure.MD5() : nil
        switch checksum {
        case .sha1: extra = .sha1(Insecure.SHA1())
        case .crc32: extra = .crc32(.crc32, .crc32)
        case .crc32c: extra = .crc32(.crc32c, .crc32c)
        case .crc64nvme: extra = .crc64(.crc64nvme)
        case .sha256, nil: extra = nil
        }
    }

    /// Takes the next bytes of the body.
    mutating func update(_ buffer: ByteBuffer) {
        unsafe buffer.withUnsafeReadableBytes { bytes in
            unsafe sha256.update(bufferPointer: bytes)
            unsafe md5?.update(bufferPointer: bytes)
            unsafe updateExtra(bytes)
        }
    }

    private mutating func updateExtra(_ bytes: UnsafeRawBufferPointer) {
        switch extra {
        case .sha1(var check):
            extra = nil
            unsafe check.update(bufferPointer: bytes)
            extra = .sha1(check)
        case .crc32(var check, let algorithm):
            unsafe check.update(bytes)
            extra = .crc32(check, algorithm)
        case .crc64(var check):
            unsafe check.update(bytes)
            extra = .crc64(check)
        case nil:
            break
        }
    }

    /// The SHA-256 of all bytes so far.
    var sha256Bytes: [UInt8] { Array(sha256.finalize()) }

    /// The MD5 of all bytes so far; `nil` if it was not asked for.
    var md5Bytes: [UInt8]? { md5.map { Array($0.finalize()) } }

    /// The checksum of that algorithm; `nil` if it was not asked for.
    func checksum(_ algorithm: ChecksumAlgorithm) -> Checksum? {
        switch extra {
        case _ where algorithm == .sha256: Checksum(algorithm: .sha256, bytes: sha256Bytes)
        case .sha1(let check) where algorithm == .sha1: Checksum(algorithm: .sha1, bytes: Array(check.finalize()))
        case .crc32(let check, algorithm): Checksum(algorithm: algorithm, bytes: check.bytes)
        case .crc64(let check) where algorithm == .crc64nvme: Checksum(algorithm: algorithm, bytes: check.bytes)
        default: nil
        }
    }
}
