/// What is known of a write before its first byte.
package struct UploadPlan: Sendable {
    /// What the client says of the object.
    package var metadata: ObjectMetadata
    /// What must hold for the write to happen.
    package var condition: WriteCondition
    /// The declared length of the body; a body of another length is refused.
    package var byteCount: Int64?
    /// Whether the MD5 is computed; false for a body that a checksum binds, and its entity tag then has a dash.
    package var computesMD5: Bool
    /// A digest to compute and keep besides SHA-256.
    package var checksum: ChecksumAlgorithm?

    /// Makes a plan; without arguments that of a plain PUT of unknown length.
    package init(
        metadata: ObjectMetadata = ObjectMetadata(),
        condition: WriteCondition = .always,
        byteCount: Int64? = nil,
        computesMD5: Bool = true,
        checksum: ChecksumAlgorithm? = nil
    ) {
        self.metadata = metadata
        self.condition = condition
        self.byteCount = byteCount
        self.computesMD5 = computesMD5
        self.checksum = checksum
    }
}
