import NIOCore

/// An object that is to be joined of parts: everything known of it before a byte is copied.
struct MultipartAssembly: Sendable {
    /// The upload whose parts they are.
    let upload: MultipartUpload
    /// What was said of the object at the start.
    let plan: MultipartPlan
    /// The parts, in the order in which they are joined.
    let parts: [StoredPart]

    /// The length of the object.
    var byteCount: Int64 { parts.reduce(0) { $0 + $1.byteCount } }

    /// Checks what the object will be against what is expected of it.
    ///
    /// - Throws: ``ObjectStoreError/incompleteBody(expected:got:)``, ``ObjectStoreError/badDigest(_:)``.
    func check(_ expected: MultipartExpectation) throws(ObjectStoreError) {
        if let expectedCount = expected.byteCount, expectedCount != byteCount {
            throw .incompleteBody(expected: expectedCount, got: byteCount)
        }
        if let wanted = expected.checksum, wanted != checksum {
            throw .badDigest(DigestMismatch(kind: .checksum(wanted.algorithm), computed: checksum?.bytes ?? []))
        }
    }

    /// The description of the object that becomes visible at a time, in milliseconds since 1970.
    func info(lastModified: Int64) -> ObjectInfo {
        let checksums = parts.compactMap(\.checksum).filter { $0.algorithm == plan.checksumAlgorithm }
        return ObjectInfo(
            key: upload.key,
            byteCount: byteCount,
            etag: Self.etag(of: parts.map(\.etag)) ?? "",
            lastModified: lastModified,
            sha256: parts.count == 1 ? parts.first?.sha256 : nil,
            checksum: checksum,
            checksumType: plan.checksumType,
            parts: ObjectParts(
                uploadID: upload.id,
                byteCounts: parts.map(\.byteCount),
                sha256: Self.digests(of: parts.map(\.sha256)).sha256Bytes,
                checksums: checksum == nil ? [] : checksums
            ),
            metadata: plan.metadata
        )
    }

    /// The entity tag of an object whose parts have these: the MD5 over their MD5s, `-`, and their number.
    ///
    /// - Returns: The tag; `nil` when one of `etags` is not the hex of an MD5.
    static func etag(of etags: [String]) -> String? {
        let md5s = etags.compactMap(bytes(ofHexadecimal:))
        guard md5s.count == etags.count, md5s.allSatisfy({ $0.count == 16 }) else { return nil }
        return digests(of: md5s).md5Bytes.map { "\(hexadecimal($0))-\(etags.count)" }
    }

    /// The checksum of the object; `nil` when the upload has no algorithm, or one that its type does not go with.
    private var checksum: Checksum? {
        guard let algorithm = plan.checksumAlgorithm, algorithm.checksumTypes.contains(plan.checksumType) else {
            return nil
        }
        let checksums = parts.compactMap(\.checksum)
        guard let first = checksums.first, checksums.count == parts.count else { return nil }
        switch plan.checksumType {
        case .composite:
            return Self.digests(of: checksums.map(\.bytes), checksum: algorithm).checksum(algorithm)
        case .fullObject:
            return zip(checksums, parts).dropFirst().reduce(first) { joined, next in
                joined?.joined(with: next.0, byteCount: next.1.byteCount)
            }
        }
    }

    private static func digests(of pieces: [[UInt8]], checksum: ChecksumAlgorithm? = nil) -> BodyDigests {
        var digests = BodyDigests(computesMD5: true, checksum: checksum)
        digests.update(ByteBuffer(bytes: pieces.joined()))
        return digests
    }
}
