import Hummingbird
import S3XML
import SigV4

/// ListObjectsV2: keys in the byte order of their UTF-8, a page at a time, rolled up at a delimiter if one is given.
struct ListObjectsV2: Sendable {
    /// Where the objects are.
    let store: ObjectStore
    /// Who owns them.
    let owner: ObjectStoreFront.Owner

    /// Answers one page.
    /// - Throws: `InvalidArgument` for a `max-keys`, `encoding-type` or `continuation-token` that makes no sense.
    func respond(to request: S3Request, in bucket: BucketName) async throws -> Response {
        let parameters = try ListParameters(request)
        let page = try await page(parameters, in: bucket)
        return Response(
            xml: XMLWriter.document("ListBucketResult") { writer in
                writer.element("Name", bucket.rawValue)
                write(parameters, to: &writer)
                writer.element("KeyCount", page.entries.count)
                writer.element("IsTruncated", page.isTruncated)
                if page.isTruncated, let last = page.last {
                    writer.element("NextContinuationToken", ListParameters.token(after: last))
                }
                for entry in page.entries { write(entry, parameters, to: &writer) }
            }
        )
    }

    /// `max-keys=0` is an empty page with nothing behind it, as S3 answers.
    private func page(_ parameters: ListParameters, in bucket: BucketName) async throws -> ListPage {
        guard parameters.limit > 0 else { return ListPage() }
        let query = ListQuery(
            prefix: parameters.prefix,
            delimiter: parameters.delimiter,
            after: parameters.after,
            limit: parameters.limit
        )
        return try await store.list(query, in: bucket)
    }

    private func write(_ parameters: ListParameters, to writer: inout XMLWriter) {
        writer.element("Prefix", parameters.encoded(parameters.prefix))
        if let delimiter = parameters.delimiter { writer.element("Delimiter", parameters.encoded(delimiter)) }
        if let token = parameters.continuationToken { writer.element("ContinuationToken", token) }
        if let start = parameters.startAfter { writer.element("StartAfter", parameters.encoded(start)) }
        writer.element("MaxKeys", parameters.limit)
        if parameters.isURLEncoded { writer.element("EncodingType", "url") }
    }

    private func write(_ entry: ListPage.Entry, _ parameters: ListParameters, to writer: inout XMLWriter) {
        switch entry {
        case .commonPrefix(let prefix):
            writer.element("CommonPrefixes") { $0.element("Prefix", parameters.encoded(prefix)) }
        case .object(let info):
            writer.element("Contents") { writer in
                writer.element("Key", parameters.encoded(info.key.rawValue))
                writer.element("LastModified", ObjectTime(milliseconds: info.lastModified).iso8601)
                writer.element("ETag", info.quotedETag)
                if let checksum = info.checksum {
                    writer.element("ChecksumAlgorithm", checksum.algorithm.rawValue)
                    writer.element("ChecksumType", info.checksumType.rawValue)
                }
                writer.element("Size", info.byteCount)
                if parameters.fetchesOwner { owner.write(to: &writer) }
                writer.element("StorageClass", "STANDARD")
            }
        }
    }
}
