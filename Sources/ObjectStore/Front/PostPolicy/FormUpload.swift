import SigV4

/// What a form that its policy allows wants stored: the fields' meaning, checked like the headers of a PutObject.
struct FormUpload: Sendable {
    /// The object's key.
    let key: ObjectKey
    /// Metadata, condition, and digests to compute.
    let plan: UploadPlan
    /// The digests that the file must have.
    let commit: UploadCommit
    private let minimumByteCount: Int64
    private let maximumByteCount: Int64

    /// Reads the fields.
    ///
    /// - Parameters:
    ///   - fields: The fields, which the policy allows.
    ///   - policy: The policy, for its sizes.
    ///   - maximumObjectBytes: The largest object, whatever the policy says.
    /// - Throws: `KeyTooLongError`, `NotImplemented`, `AccessControlListNotSupported`, `InvalidDigest` and what else
    ///   a PutObject with such headers is refused for.
    init(_ fields: FormFields, policy: PostPolicy, maximumObjectBytes: Int64) throws(S3Error) {
        let name = fields["key"] ?? ""
        guard let key = ObjectKey(rawValue: name) else { throw .keyTooLong(byteCount: name.utf8.count) }
        try WriteHeaders.check(fields)
        let md5 = try PayloadClaims.contentMD5(fields.headers)
        let checksum = try PayloadClaims.checksum(fields)
        self.key = key
        minimumByteCount = policy.minimumByteCount
        maximumByteCount = min(policy.maximumByteCount, maximumObjectBytes)
        plan = UploadPlan(
            metadata: try ObjectMetadata(fields),
            condition: try WriteCondition(fields.headers),
            computesMD5: md5 != nil || checksum?.algorithm != .sha256,
            checksum: checksum?.algorithm
        )
        commit = UploadCommit(expectedMD5: md5, expectedChecksum: checksum)
    }

    /// Refuses a file as soon as it is too large.
    /// - Throws: `EntityTooLarge`.
    func admit(_ byteCount: Int64) throws(S3Error) {
        guard byteCount <= maximumByteCount else {
            throw .entityTooLarge(proposed: byteCount, limit: maximumByteCount)
        }
    }

    /// Refuses a file that ended too early.
    /// - Throws: `EntityTooSmall`.
    func checkMinimum(_ byteCount: Int64) throws(S3Error) {
        guard byteCount >= minimumByteCount else {
            throw .entityTooSmall(proposed: byteCount, minimum: minimumByteCount)
        }
    }

    /// The refusal for a file that has another digest than the form said.
    func refusal(_ mismatch: DigestMismatch) -> S3Error {
        guard mismatch.kind == .contentMD5 else { return .badDigest(mismatch) }
        return .badContentMD5(
            expected: Base64.encode(commit.expectedMD5 ?? []),
            calculated: Base64.encode(mismatch.computed)
        )
    }
}
