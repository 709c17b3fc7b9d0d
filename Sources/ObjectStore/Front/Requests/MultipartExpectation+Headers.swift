extension MultipartExpectation {
    /// Takes what a CompleteMultipartUpload says of its object: `x-amz-checksum-…`, `x-amz-checksum-type` and
    /// `x-amz-mp-object-size`.
    ///
    /// - Parameters:
    ///   - request: The request.
    ///   - plan: What was said when the upload started; `nil` for an upload that is not there, of which nothing can be
    ///     expected.
    /// - Throws: `InvalidRequest` for another algorithm or type than the upload's and for a value that cannot be,
    ///   `InvalidArgument` for a size that is none.
    init(_ request: S3Request, _ plan: MultipartPlan?) throws(S3Error) {
        self.init()
        guard let plan else { return }
        try Self.checkType(request.amz("x-amz-checksum-type"), plan)
        byteCount = try Self.byteCount(request.amz("x-amz-mp-object-size"))
        for algorithm in ChecksumAlgorithm.allCases {
            guard let value = request.amz(algorithm.headerName) else { continue }
            guard algorithm == plan.checksumAlgorithm else {
                throw .checksumMismatch(expected: plan.checksumAlgorithm, actual: algorithm)
            }
            checksum = try Self.checksum(value, algorithm, plan.checksumType)
        }
    }

    private static func checkType(_ text: String?, _ plan: MultipartPlan) throws(S3Error) {
        guard let text, !text.isEmpty else { return }
        guard let type = ChecksumType(rawValue: text.uppercased()) else {
            throw .invalidChecksum(header: "x-amz-checksum-type")
        }
        let expected = plan.checksumAlgorithm == nil ? nil : plan.checksumType
        guard type == expected else { throw .checksumTypeMismatch(expected: expected) }
    }

    private static func byteCount(_ text: String?) throws(S3Error) -> Int64? {
        guard let text else { return nil }
        guard let count = DecimalNumber.read(text) else {
            throw .invalidArgument("x-amz-mp-object-size", text, "The size must be a number of bytes.")
        }
        return count
    }

    /// Reads a checksum, which may have `-` and the number of parts behind it if it is one of parts.
    private static func checksum(
        _ text: String,
        _ algorithm: ChecksumAlgorithm,
        _ type: ChecksumType
    ) throws(S3Error) -> Checksum {
        let dash = type == .composite ? text.firstIndex(of: "-") : nil
        guard let checksum = Checksum(algorithm: algorithm, base64: String(text[..<(dash ?? text.endIndex)])) else {
            throw .invalidChecksum(header: algorithm.headerName)
        }
        return checksum
    }
}
