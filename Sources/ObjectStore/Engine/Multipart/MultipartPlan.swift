/// What is said of an object when its multipart upload starts.
package struct MultipartPlan: Sendable, Equatable {
    /// What the client says of the object.
    package var metadata: ObjectMetadata
    /// The digest that every part and the object have besides those the store makes anyway; `nil` for none.
    package var checksumAlgorithm: ChecksumAlgorithm?
    /// What the object's checksum covers.
    package var checksumType: ChecksumType

    /// Makes a plan.
    ///
    /// - Parameters:
    ///   - metadata: What the client says of the object.
    ///   - checksumAlgorithm: A digest of every part and of the object; none if not said.
    ///   - checksumType: What the object's checksum covers; what S3 takes for that algorithm if not said. A type that
    ///     the algorithm does not allow (``ChecksumAlgorithm/checksumTypes``) gives the object no checksum.
    package init(
        metadata: ObjectMetadata = ObjectMetadata(),
        checksumAlgorithm: ChecksumAlgorithm? = nil,
        checksumType: ChecksumType? = nil
    ) {
        self.metadata = metadata
        self.checksumAlgorithm = checksumAlgorithm
        self.checksumType = checksumType ?? checksumAlgorithm?.checksumTypes.first ?? .fullObject
    }
}
