import Hummingbird
import S3XML

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
        let scope = parameters.scope
        let page = try await scope.page(after: parameters.after, of: store, in: bucket)
        return Response(
            xml: XMLWriter.document("ListBucketResult") { writer in
                writer.element("Name", bucket.rawValue)
                writer.element("Prefix", scope.encoded(scope.prefix))
                if let token = parameters.continuationToken { writer.element("ContinuationToken", token) }
                if let start = parameters.startAfter { writer.element("StartAfter", scope.encoded(start)) }
                scope.write(to: &writer)
                writer.element("KeyCount", page.entries.count)
                writer.element("IsTruncated", page.isTruncated)
                if page.isTruncated, let last = page.last {
                    writer.element("NextContinuationToken", ListParameters.token(after: last))
                }
                for entry in page.entries { write(entry, parameters, to: &writer) }
            }
        )
    }

    private func write(_ entry: ListPage.Entry, _ parameters: ListParameters, to writer: inout XMLWriter) {
        let scope = parameters.scope
        switch entry {
        case .commonPrefix(let prefix): scope.write(commonPrefix: prefix, to: &writer)
        case .object(let info):
            writer.element("Contents") { writer in
                writer.element("Key", scope.encoded(info.key.rawValue))
                scope.write(info, ownedBy: parameters.fetchesOwner ? owner : nil, to: &writer)
            }
        }
    }
}
