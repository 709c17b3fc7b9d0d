import SigV4

/// The query of a ListObjectsV2.
struct ListParameters: Sendable {
    /// Which keys, and how they are written.
    let scope: ListScope
    /// The key after which the client wants to start; echoed.
    let startAfter: String?
    /// Where the last page ended, in our own words; echoed, and decides over ``startAfter``.
    let continuationToken: String?
    /// Whether each object names its owner.
    let fetchesOwner: Bool
    /// The key after which the page starts.
    let after: String?

    private static let tokenPrefix = "1."

    /// Reads the query.
    /// - Throws: `InvalidArgument`, naming the parameter.
    init(_ request: S3Request) throws(S3Error) {
        scope = try ListScope(request)
        startAfter = request.query("start-after").flatMap { $0.isEmpty ? nil : $0 }
        continuationToken = request.query("continuation-token")
        fetchesOwner = request.query("fetch-owner") == "true"
        after = try continuationToken.map { token throws(S3Error) in try Self.key(token) } ?? startAfter
    }

    /// The token of the page that follows `last`: opaque to clients, safe in a URL once encoded.
    static func token(after last: String) -> String {
        tokenPrefix + Base64.encode(Array(last.utf8))
    }

    private static func key(_ token: String) throws(S3Error) -> String {
        guard token.hasPrefix(tokenPrefix), let bytes = Base64.decode(String(token.dropFirst(tokenPrefix.count))),
            !bytes.isEmpty, let key = String(validating: bytes, as: UTF8.self)
        else {
            throw .invalidArgument("continuation-token", token, "The continuation token provided is incorrect")
        }
        return key
    }
}
