import SigV4

/// The query of a ListObjectsV2.
struct ListParameters: Sendable {
    /// What the keys begin with.
    let prefix: String
    /// Where keys are rolled up, or nil.
    let delimiter: String?
    /// The key after which the client wants to start; echoed.
    let startAfter: String?
    /// Where the last page ended, in our own words; echoed, and decides over ``startAfter``.
    let continuationToken: String?
    /// The most entries of the page: 0…1000.
    let limit: Int
    /// Whether keys are percent-encoded in the answer.
    let isURLEncoded: Bool
    /// Whether each object names its owner.
    let fetchesOwner: Bool
    /// The key after which the page starts.
    let after: String?

    private static let maximumLimit = 1000
    private static let tokenPrefix = "1."

    /// Reads the query.
    /// - Throws: `InvalidArgument`, naming the parameter.
    init(_ request: S3Request) throws(S3Error) {
        prefix = request.query("prefix") ?? ""
        delimiter = request.query("delimiter").flatMap { $0.isEmpty ? nil : $0 }
        startAfter = request.query("start-after").flatMap { $0.isEmpty ? nil : $0 }
        continuationToken = request.query("continuation-token")
        fetchesOwner = request.query("fetch-owner") == "true"
        limit = try Self.limit(request.query("max-keys"))
        isURLEncoded = try Self.isURLEncoded(request.query("encoding-type"))
        after = try continuationToken.map { token throws(S3Error) in try Self.key(token) } ?? startAfter
    }

    /// Text as it stands in the answer.
    func encoded(_ text: String) -> String {
        isURLEncoded ? URICoding.encode(text, keepingSlash: true) : text
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
