import Hummingbird
import S3XML

/// ListObjectVersions: each object's one version, `null`, which is the latest.
struct ListObjectVersions: Sendable {
    /// Where the objects are.
    let store: ObjectStore
    /// Who owns them.
    let owner: ObjectStoreFront.Owner

    /// Answers one page, which starts behind the key of `key-marker`.
    ///
    /// `version-id-marker` adds nothing: behind any version of that key there is none.
    /// - Throws: `InvalidArgument` for a parameter that makes no sense.
    func respond(to request: S3Request, in bucket: BucketName) async throws -> Response {
        let scope = try ListScope(request)
        let keyMarker = request.query("key-marker") ?? ""
        let versionMarker = try versionMarker(request, keyMarker: keyMarker)
        let page = try await scope.page(after: keyMarker, of: store, in: bucket)
        return Response(
            xml: XMLWriter.document("ListVersionsResult") { writer in
                writer.element("Name", bucket.rawValue)
                writer.element("Prefix", scope.encoded(scope.prefix))
                writer.element("KeyMarker", scope.encoded(keyMarker))
                writer.element("VersionIdMarker", versionMarker)
                writeNext(page, scope, to: &writer)
                scope.write(to: &writer)
                writer.element("IsTruncated", page.isTruncated)
                for entry in page.entries { write(entry, scope, to: &writer) }
            }
        )
    }

    private func versionMarker(_ request: S3Request, keyMarker: String) throws(S3Error) -> String {
        let marker = request.query("version-id-marker") ?? ""
        guard !marker.isEmpty else { return marker }
        guard !keyMarker.isEmpty else {
            throw .invalidArgument(
                "version-id-marker",
                marker,
                "A version-id marker cannot be specified without a key marker."
            )
        }
        guard VersionID.isWellFormed(marker) else {
            throw .invalidArgument("version-id-marker", marker, "Invalid version id specified")
        }
        return marker
    }

    /// Where the next page starts; a common prefix has no version.
    private func writeNext(_ page: ListPage, _ scope: ListScope, to writer: inout XMLWriter) {
        guard page.isTruncated, let last = page.last else { return }
        writer.element("NextKeyMarker", scope.encoded(last))
        if case .object? = page.entries.last { writer.element("NextVersionIdMarker", VersionID.null) }
    }

    private func write(_ entry: ListPage.Entry, _ scope: ListScope, to writer: inout XMLWriter) {
        switch entry {
        case .commonPrefix(let prefix): scope.write(commonPrefix: prefix, to: &writer)
        case .object(let info):
            writer.element("Version") { writer in
                writer.element("Key", scope.encoded(info.key.rawValue))
                writer.element("VersionId", VersionID.null)
                writer.element("IsLatest", true)
                scope.write(info, ownedBy: owner, to: &writer)
            }
        }
    }
}
