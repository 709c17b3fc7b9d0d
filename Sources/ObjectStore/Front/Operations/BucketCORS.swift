import Hummingbird

/// PutBucketCors, GetBucketCors and DeleteBucketCors: the rules that preflights and answers follow.
struct BucketCORS: Sendable {
    /// Where the buckets are.
    let store: ObjectStore

    /// The largest configuration, in bytes (AWS: 64 KB).
    static let maximumBodyBytes: Int64 = 64 << 10

    /// Answers the bucket's rules.
    /// - Throws: `NoSuchCORSConfiguration`.
    func get(_ bucket: BucketName) throws(S3Error) -> Response {
        guard let rules = store.cors(of: bucket) else { throw .noSuchCORS(bucket.rawValue) }
        return Response(xml: rules.xml)
    }

    /// Puts new rules in place of the old ones.
    /// - Throws: `MalformedXML`, `InvalidRequest` for rules that S3 does not take or a body that nothing vouches for.
    func put(_ request: S3Request, _ bucket: BucketName) async throws -> Response {
        let body = try await RequestDocument.read(request, limit: Self.maximumBodyBytes)
        try await store.setCORS(CORSConfiguration(xml: body.readableBytesView), of: bucket)
        return Response(status: .ok)
    }

    /// Removes the rules, whether or not there are any.
    func delete(_ bucket: BucketName) async throws -> Response {
        try await store.setCORS(nil, of: bucket)
        return Response(status: .noContent)
    }
}
