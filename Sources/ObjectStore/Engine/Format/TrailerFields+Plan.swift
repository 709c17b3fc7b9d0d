import NIOCore

extension TrailerFields {
    /// Writes what was said of an object when its multipart upload started.
    static func write(_ unfinished: UnfinishedUpload, to buffer: inout ByteBuffer) {
        append(.key, unfinished.upload.key.rawValue, to: &buffer)
        append(.uploadID, unfinished.upload.id.rawValue, to: &buffer)
        append(.checksumAlgorithm, unfinished.plan.checksumAlgorithm?.rawValue, to: &buffer)
        append(unfinished.plan.checksumType, to: &buffer)
        write(unfinished.plan.metadata, to: &buffer)
    }

    /// Reads the fields of an upload's plan; `nil` if one is cut off, senseless or missing.
    ///
    /// - Parameters:
    ///   - fields: The fields.
    ///   - bucket: The bucket in whose folder they were found.
    /// - Returns: The upload they describe.
    static func readPlan(_ fields: ByteBuffer, in bucket: BucketName) -> UnfinishedUpload? {
        guard
            let values = values(of: fields),
            let metadata = metadata(values),
            let key = text(values[.key]).flatMap(ObjectKey.init(rawValue:)),
            let id = text(values[.uploadID]).flatMap(MultipartUploadID.init(rawValue:)),
            let checksumType = checksumType(values)
        else { return nil }
        var plan = MultipartPlan(metadata: metadata, checksumType: checksumType)
        if let field = values[.checksumAlgorithm] {
            guard let algorithm = text(field).flatMap(ChecksumAlgorithm.init(rawValue:)) else { return nil }
            plan.checksumAlgorithm = algorithm
        }
        return UnfinishedUpload(MultipartUpload(bucket: bucket, key: key, id: id), plan: plan)
    }
}
