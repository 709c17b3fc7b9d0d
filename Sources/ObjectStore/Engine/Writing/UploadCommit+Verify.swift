extension UploadCommit {
    /// Compares what was announced with what the body has.
    ///
    /// - Parameter digests: The digests of the whole body.
    /// - Returns: The SHA-256 and the entity tag of the body.
    /// - Throws: ``ObjectStoreError/badDigest(_:)`` for the first announcement that is wrong.
    func verify(_ digests: BodyDigests) throws(ObjectStoreError) -> (sha256: [UInt8], etag: String) {
        let sha256 = digests.sha256Bytes
        let md5 = digests.md5Bytes
        if let expectedSHA256, expectedSHA256 != sha256 {
            throw .badDigest(DigestMismatch(kind: .payloadHash, computed: sha256))
        }
        if let expectedMD5, expectedMD5 != md5 {
            throw .badDigest(DigestMismatch(kind: .contentMD5, computed: md5 ?? []))
        }
        if let expectedChecksum {
            let computed = digests.checksum(expectedChecksum.algorithm)
            guard computed == expectedChecksum else {
                let kind = DigestMismatch.Kind.checksum(expectedChecksum.algorithm)
                throw .badDigest(DigestMismatch(kind: kind, computed: computed?.bytes ?? []))
            }
        }
        // The dash keeps clients from taking a tag that is no MD5 for one.
        return (sha256, md5.map { hexadecimal($0) } ?? hexadecimal(sha256.prefix(16)) + "-1")
    }
}
