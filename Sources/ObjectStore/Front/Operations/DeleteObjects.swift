import Hummingbird
import NIOCore
import S3XML

/// DeleteObjects: up to 1000 keys in one request; each is deleted or refused on its own.
struct DeleteObjects: Sendable {
    /// Where the objects are.
    let store: ObjectStore

    /// The largest body that is read, in bytes.
    static let maximumBodyBytes: Int64 = 1 << 20

    /// Deletes the keys that the body lists, and reports on each.
    /// - Throws: `InvalidRequest` when nothing vouches for the body, the digest's refusal, `MalformedXML`.
    func respond(to request: S3Request, in bucket: BucketName) async throws -> Response {
        let body = try await RequestDocument.read(request, limit: Self.maximumBodyBytes)
        let list = try DeleteRequest(xml: Array(body.readableBytesView))
        var outcomes: [(item: DeleteRequest.Item, error: S3Error?)] = []
        for item in list.items { outcomes.append((item, try await delete(item, in: bucket))) }
        return Response(
            xml: XMLWriter.document("DeleteResult") { writer in
                for (item, error) in outcomes where error != nil || !list.isQuiet {
                    Self.write(item, error, to: &writer)
                }
            }
        )
    }

    /// Deletes one object, or returns why it is not to be; a disk that fails ends the whole request, which may be
    /// repeated.
    private func delete(_ item: DeleteRequest.Item, in bucket: BucketName) async throws -> S3Error? {
        if let unsupported = item.unsupported { return .notImplemented(unsupported) }
        guard let key = ObjectKey(rawValue: item.key) else { return .keyTooLong(byteCount: item.key.utf8.count) }
        if let version = item.versionID {
            do { try VersionID.check(version, of: item.key) } catch { return error }
        }
        _ = try await store.delete(key, in: bucket)
        return nil
    }

    private static func write(_ item: DeleteRequest.Item, _ error: S3Error?, to writer: inout XMLWriter) {
        guard let error else {
            writer.element("Deleted") { writer in
                writer.element("Key", item.key)
                if let version = item.versionID { writer.element("VersionId", version) }
            }
            return
        }
        writer.element("Error") { writer in
            writer.element("Key", item.key)
            if let version = item.versionID { writer.element("VersionId", version) }
            writer.element("Code", error.code)
            writer.element("Message", error.message)
        }
    }
}
