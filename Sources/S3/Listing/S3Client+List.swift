import AWSTransport
import HTTPTypes

extension S3Client {
    /// Lists objects, a page at a time (ListObjectsV2).
    ///
    /// - Parameters:
    ///   - bucket: Of which bucket.
    ///   - query: Which objects.
    /// - Returns: The page; another follows while it has a `next`.
    /// - Throws: ``AWSError``.
    package func listObjects(in bucket: S3Bucket, _ query: ObjectQuery = ObjectQuery()) async throws -> ObjectPage {
        let parameters: S3Query = [
            "list-type": "2",
            "prefix": query.prefix.isEmpty ? nil : query.prefix,
            "delimiter": query.delimiter,
            "start-after": query.startAfter,
            "continuation-token": query.continuation,
            "max-keys": String(query.limit),
            "encoding-type": "url",
        ]
        return try ObjectPage(await document(request(.get, bucket, query: parameters), root: "ListBucketResult"))
    }
}
