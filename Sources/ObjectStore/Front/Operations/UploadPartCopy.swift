import Hummingbird
import NIOCore
import S3XML

/// UploadPartCopy: an object of the store, or a range of one, becomes a part of an upload.
struct UploadPartCopy: Sendable {
    /// Where both are.
    let store: ObjectStore

    private static let stepByteCount: Int64 = 1 << 20

    /// Copies what `x-amz-copy-source` and `x-amz-copy-source-range` name.
    /// - Throws: `NoSuchKey`, `NoSuchUpload`, `PreconditionFailed`, `InvalidArgument` or `InvalidRequest`.
    func respond(to request: S3Request, at part: MultipartOperation.PartAddress) async throws -> Response {
        try WriteHeaders.checkPart(request)
        let source = try CopySource(request, buckets: store.buckets)
        let range = try CopyRange(request.amz("x-amz-copy-source-range"))
        let info = try await store.withObject(source.address.key, in: source.address.bucket) { reader in
            try source.checkConditions(on: reader.info)
            let bytes = try range.bytes(of: reader.info)
            try CopySource.checkLength(bytes.upperBound - bytes.lowerBound)
            return try await copy(bytes, of: reader, to: part)
        }
        guard let info else { throw S3Error.noSuchKey(source.address.key.rawValue) }
        return Response(
            xml: XMLWriter.document("CopyPartResult") { writer in
                writer.element("LastModified", ObjectTime(milliseconds: info.lastModified).iso8601)
                writer.element("ETag", info.quotedETag)
                if let checksum = info.checksum { writer.element(checksum.algorithm.elementName, checksum.base64) }
            }
        )
    }

    private func copy(
        _ range: Range<Int64>,
        of reader: ObjectReader,
        to part: MultipartOperation.PartAddress
    ) async throws -> ObjectInfo {
        let plan = UploadPlan(byteCount: range.upperBound - range.lowerBound)
        return try await store.withPart(part.number, of: part.upload, plan: plan) { upload in
            for start in stride(from: range.lowerBound, to: range.upperBound, by: Int(Self.stepByteCount)) {
                let end = min(start + Self.stepByteCount, range.upperBound)
                try await upload.write(try await reader.read(start..<end))
            }
            return try await upload.commit()
        }
    }
}
