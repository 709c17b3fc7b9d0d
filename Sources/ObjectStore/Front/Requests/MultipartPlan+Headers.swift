extension MultipartPlan {
    /// Takes what a CreateMultipartUpload says of its object: metadata as a PutObject does, checksum algorithm, type.
    /// - Throws: `MetadataTooLarge`, `InvalidArgument`, and `InvalidRequest` for a checksum that cannot be.
    init(_ request: S3Request) throws(S3Error) {
        let algorithm = try Self.algorithm(request.amz("x-amz-checksum-algorithm"))
        let type = try Self.type(request.amz("x-amz-checksum-type"), of: algorithm)
        self.init(metadata: try ObjectMetadata(request), checksumAlgorithm: algorithm, checksumType: type)
    }

    private static func algorithm(_ text: String?) throws(S3Error) -> ChecksumAlgorithm? {
        guard let text, !text.isEmpty else { return nil }
        guard let algorithm = ChecksumAlgorithm(rawValue: text.uppercased()) else {
            throw .unsupportedChecksumAlgorithm
        }
        return algorithm
    }

    private static func type(_ text: String?, of algorithm: ChecksumAlgorithm?) throws(S3Error) -> ChecksumType? {
        guard let text, !text.isEmpty else { return nil }
        guard let type = ChecksumType(rawValue: text.uppercased()) else {
            throw .invalidChecksum(header: "x-amz-checksum-type")
        }
        guard let algorithm else { throw .checksumTypeWithoutAlgorithm }
        guard algorithm.checksumTypes.contains(type) else { throw .impossibleChecksumType(type, of: algorithm) }
        return type
    }
}
