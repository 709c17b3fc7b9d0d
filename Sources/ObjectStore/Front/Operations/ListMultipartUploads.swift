import Hummingbird
import S3XML

/// ListMultipartUploads: the unfinished uploads of a bucket by key and start, a page at a time.
struct ListMultipartUploads: Sendable {
    /// Where the uploads are.
    let store: ObjectStore
    /// Who owns them.
    let owner: ObjectStoreFront.Owner

    /// Answers one page.
    /// - Throws: `InvalidArgument` for a parameter that makes no sense.
    func respond(to request: S3Request, in bucket: BucketName) async throws -> Response {
        let encoding = try KeyEncoding(request)
        let query = try MultipartQuery(request)
        let page = try await store.multipartUploads(in: bucket, query)
        return Response(
            xml: XMLWriter.document("ListMultipartUploadsResult") { writer in
                writer.element("Bucket", bucket.rawValue)
                encoding.write(to: &writer)
                writer.element("KeyMarker", encoding.encode(query.afterKey ?? ""))
                writer.element("UploadIdMarker", query.afterID?.rawValue ?? "")
                if page.isTruncated {
                    writer.element("NextKeyMarker", encoding.encode(page.lastKey ?? ""))
                    writer.element("NextUploadIdMarker", page.lastID?.rawValue ?? "")
                }
                writer.element("Prefix", encoding.encode(query.prefix))
                if let delimiter = query.delimiter { writer.element("Delimiter", encoding.encode(delimiter)) }
                writer.element("MaxUploads", query.limit)
                writer.element("IsTruncated", page.isTruncated)
                for entry in page.entries { write(entry, encoding, to: &writer) }
            }
        )
    }

    private func write(_ entry: MultipartPage.Entry, _ encoding: KeyEncoding, to writer: inout XMLWriter) {
        switch entry {
        case .commonPrefix(let prefix):
            writer.element("CommonPrefixes") { $0.element("Prefix", encoding.encode(prefix)) }
        case .upload(let unfinished):
            writer.element("Upload") { writer in
                writer.element("Key", encoding.encode(unfinished.upload.key.rawValue))
                writer.element("UploadId", unfinished.upload.id.rawValue)
                writer.writeOwnership(owner)
                writer.element("Initiated", ObjectTime(milliseconds: unfinished.startedAt).iso8601)
                writer.writeChecksum(of: unfinished.plan)
            }
        }
    }
}
