import Hummingbird
import S3XML

/// ListObjects, the older version: pages go on behind a `marker`, which is a key.
struct ListObjects: Sendable {
    /// Where the objects are.
    let store: ObjectStore
    /// Who owns them.
    let owner: ObjectStoreFront.Owner

    /// Answers one page.
    ///
    /// `NextMarker` is there only with a delimiter, as in S3: without one the last key is the next marker.
    /// - Throws: `InvalidArgument` for a `max-keys` or `encoding-type` that makes no sense.
    func respond(to request: S3Request, in bucket: BucketName) async throws -> Response {
        let scope = try ListScope(request)
        let marker = request.query("marker") ?? ""
        let page = try await scope.page(after: marker, of: store, in: bucket)
        return Response(
            xml: XMLWriter.document("ListBucketResult") { writer in
                writer.element("Name", bucket.rawValue)
                writer.element("Prefix", scope.encoded(scope.prefix))
                writer.element("Marker", scope.encoded(marker))
                if page.isTruncated, scope.delimiter != nil, let last = page.last {
                    writer.element("NextMarker", scope.encoded(last))
                }
                scope.write(to: &writer)
                writer.element("IsTruncated", page.isTruncated)
                for entry in page.entries { write(entry, scope, to: &writer) }
            }
        )
    }

    private func write(_ entry: ListPage.Entry, _ scope: ListScope, to writer: inout XMLWriter) {
        switch entry {
        case .commonPrefix(let prefix): scope.write(commonPrefix: prefix, to: &writer)
        case .object(let info):
            writer.element("Contents") { writer in
                writer.element("Key", scope.encoded(info.key.rawValue))
                scope.write(info, ownedBy: owner, to: &writer)
            }
        }
    }
}
