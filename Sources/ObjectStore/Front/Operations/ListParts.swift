import Hummingbird
import S3XML
import SigV4

/// ListParts: what the store has of an unfinished upload, a page at a time.
struct ListParts: Sendable {
    /// Where the upload is.
    let store: ObjectStore
    /// Who owns it.
    let owner: ObjectStoreFront.Owner

    /// Answers one page.
    /// - Throws: `NoSuchUpload`, `InvalidArgument`.
    func respond(to request: S3Request, for upload: MultipartUpload) async throws -> Response {
        let marker = try PageLimit.partMarker(request.query("part-number-marker"), named: "part-number-marker")
        let limit = try PageLimit.read(request.query("max-parts"), named: "max-parts")
        let encoding = try KeyEncoding(request)
        let page = try await store.parts(of: upload, after: marker, limit: limit)
        return Response(
            xml: XMLWriter.document("ListPartsResult") { writer in
                writer.element("Bucket", upload.bucket.rawValue)
                encoding.write(to: &writer)
                writer.element("Key", encoding.encode(upload.key.rawValue))
                writer.element("UploadId", upload.id.rawValue)
                writer.writeOwnership(owner)
                writer.writeChecksum(of: page.plan)
                writer.element("PartNumberMarker", marker)
                if page.isTruncated { writer.element("NextPartNumberMarker", page.lastNumber) }
                writer.element("MaxParts", limit)
                writer.element("IsTruncated", page.isTruncated)
                for part in page.parts { Self.write(part, to: &writer) }
            }
        )
    }

    private static func write(_ part: StoredPart, to writer: inout XMLWriter) {
        writer.element("Part") { writer in
            writer.element("PartNumber", part.number)
            writer.element("LastModified", ObjectTime(milliseconds: part.lastModified).iso8601)
            writer.element("ETag", "\"\(part.etag)\"")
            writer.element("Size", part.byteCount)
            if let checksum = part.checksum { writer.element(checksum.algorithm.elementName, checksum.base64) }
        }
    }
}
