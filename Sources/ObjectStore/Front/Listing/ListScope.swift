/// What every listing of keys asks: which ones, rolled up where, how many, and written how.
struct ListScope: Sendable {
    /// What the keys begin with.
    let prefix: String
    /// Where keys are rolled up, or nil.
    let delimiter: String?
    /// The most entries of the page: 0…1000.
    let limit: Int
    /// How keys are written in the answer.
    let encoding: KeyEncoding

    /// Reads `prefix`, `delimiter`, `max-keys` and `encoding-type`.
    /// - Throws: `InvalidArgument`, naming the parameter.
    init(_ request: S3Request) throws(S3Error) {
        prefix = request.query("prefix") ?? ""
        delimiter = request.query("delimiter").flatMap { $0.isEmpty ? nil : $0 }
        limit = try PageLimit.read(request.query("max-keys"), named: "max-keys")
        encoding = try KeyEncoding(request)
    }

    /// Text as it stands in the answer.
    func encoded(_ text: String) -> String {
        encoding.encode(text)
    }

    /// The page behind a key; `max-keys=0` is an empty page with nothing behind it, as S3 answers.
    func page(after key: String?, of store: ObjectStore, in bucket: BucketName) async throws -> ListPage {
        guard limit > 0 else { return ListPage() }
        let query = ListQuery(prefix: prefix, delimiter: delimiter, after: key, limit: limit)
        return try await store.list(query, in: bucket)
    }
}
