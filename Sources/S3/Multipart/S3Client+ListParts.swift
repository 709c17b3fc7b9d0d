import AWSTransport
import HTTPTypes

extension S3Client {
    /// Lists an upload's parts, a page of up to 1000 at a time; `nil` when there is no such upload.
    ///
    /// - Parameters:
    ///   - upload: Which upload.
    ///   - number: The part behind which the page begins.
    /// - Returns: The page; another follows while it has a `next`.
    /// - Throws: ``AWSError``.
    package func listParts(of upload: MultipartUpload, after number: Int? = nil) async throws -> PartPage? {
        let query: S3Query = ["uploadId": upload.id, "part-number-marker": number.map(String.init)]
        return try await AWSError.nilIfMissing {
            try PartPage(await document(request(.get, upload.location, query: query), root: "ListPartsResult"))
        }
    }

    /// All of an upload's parts, by number, each once; `nil` when there is no such upload.
    ///
    /// SeaweedFS lists a part that was replaced, too; the one that came last stays.
    ///
    /// - Parameter upload: Which upload.
    /// - Returns: Up to 10,000 parts.
    /// - Throws: ``AWSError``, also when the pages do not go forward.
    package func parts(of upload: MultipartUpload) async throws -> [UploadedPart]? {
        var parts: [UploadedPart] = []
        var last: Int?
        repeat {
            guard let page = try await listParts(of: upload, after: last) else { return nil }
            for part in page.parts { try Self.add(part, to: &parts) }
            guard page.next.map({ $0 > last ?? 0 }) ?? true else {
                throw AWSError.badAnswer("the list of parts does not go forward")
            }
            last = page.next
        } while last != nil
        return parts
    }

    private static func add(_ part: UploadedPart, to parts: inout [UploadedPart]) throws(AWSError) {
        guard let last = parts.last, last.number >= part.number else {
            parts.append(part)
            return
        }
        guard last.number == part.number else { throw .badAnswer("the listed parts are not in ascending order") }
        guard let came = part.lastModified, let before = last.lastModified, came < before else {
            parts[parts.count - 1] = part
            return
        }
    }

    /// Lists a bucket's unfinished uploads, a page of up to 1000 at a time.
    ///
    /// - Parameters:
    ///   - bucket: Of which bucket.
    ///   - prefix: What every key begins with.
    ///   - marker: Where a page before ended.
    /// - Returns: The page; another follows while it has a `next`.
    /// - Throws: ``AWSError``.
    package func listMultiparts(
        in bucket: S3Bucket,
        prefix: String = "",
        after marker: MultipartPage.Marker? = nil
    ) async throws -> MultipartPage {
        let query: S3Query = [
            "uploads": "",
            "prefix": prefix.isEmpty ? nil : prefix,
            "key-marker": marker?.key,
            "upload-id-marker": marker?.id,
            "encoding-type": "url",
        ]
        let request = request(.get, bucket, query: query)
        return try MultipartPage(await document(request, root: "ListMultipartUploadsResult"), bucket: bucket)
    }
}
