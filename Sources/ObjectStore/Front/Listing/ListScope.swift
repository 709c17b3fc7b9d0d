import SigV4

/// What every listing of keys asks: which ones, rolled up where, how many, and written how.
struct ListScope: Sendable {
    /// What the keys begin with.
    let prefix: String
    /// Where keys are rolled up, or nil.
    let delimiter: String?
    /// The most entries of the page: 0…1000.
    let limit: Int
    /// Whether keys are percent-encoded in the answer.
    let isURLEncoded: Bool

    private static let maximumLimit = 1000

    /// Reads `prefix`, `delimiter`, `max-keys` and `encoding-type`.
    /// - Throws: `InvalidArgument`, naming the parameter.
    init(_ request: S3Request) throws(S3Error) {
        prefix = request.query("prefix") ?? ""
        delimiter = request.query("delimiter").flatMap { $0.isEmpty ? nil : $0 }
        limit = try Self.limit(request.query("max-keys"))
        isURLEncoded = try Self.isURLEncoded(request.query("encoding-type"))
    }

    /// Text as it stands in the answer.
    func encoded(_ text: String) -> String {
        isURLEncoded ? URICoding.encode(text, keepingSlash: true) : text
    }

    /// The page behind a key; `max-keys=0` is an empty page with nothing behind it, as S3 answers.
    func page(after key: String?, of store: ObjectStore, in bucket: BucketName) async throws -> ListPage {
        guard limit > 0 else { return ListPage() }
        let query = ListQuery(prefix: prefix, delimiter: delimiter, after: key, limit: limit)
        return try await store.list(query, in: bucket)
    }

    private static func limit(_ text: String?) throws(S3Error) -> Int {
        guard let text, !text.isEmpty else { return maximumLimit }
        guard let number = Int(text), number >= 0, number <= Int32.max else {
            throw .invalidArgument("max-keys", text, "Argument maxKeys must be an integer between 0 and 2147483647")
        }
        return min(number, maximumLimit)
    }

    private static func isURLEncoded(_ text: String?) throws(S3Error) -> Bool {
        switch text {
        case nil, "": return false
        case "url": return true
        default:
            throw .invalidArgument("encoding-type", text ?? "", "Invalid Encoding Method specified in Request")
        }
    }
}
