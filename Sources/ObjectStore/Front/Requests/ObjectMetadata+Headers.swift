import HTTPEdge
import HTTPTypes

extension ObjectMetadata {
    /// The most bytes that the names and values of a user's metadata may have together (AWS: 2 KB).
    static let maximumUserByteCount = 2048

    private static let userPrefix = "x-amz-meta-"

    /// Takes what a write says of its object: `Content-Type` and its kin, and `x-amz-meta-` settings.
    ///
    /// `aws-chunked` is taken out of `Content-Encoding`: it tells how the body travelled, not what the object is.
    /// - Throws: `MetadataTooLarge`, or `InvalidArgument` for metadata that could not be a header again.
    init(_ request: some RequestSettings) throws(S3Error) {
        let headers = request.headers
        self.init(
            contentType: headers[.contentType].flatMap { $0.isEmpty ? nil : $0 } ?? Self.defaultContentType,
            user: try Self.userMetadata(request)
        )
        cacheControl = headers[.cacheControl]
        contentDisposition = headers[.contentDisposition]
        contentEncoding = Self.storedEncoding(headers[.contentEncoding])
        contentLanguage = headers[.contentLanguage]
        expires = headers[.expires]
    }

    private static func userMetadata(_ request: some RequestSettings) throws(S3Error) -> [String: String] {
        var user: [String: String] = [:]
        for (name, value) in request.amz(startingWith: userPrefix) {
            guard HTTPField.Name(name) != nil, HTTPField.isValidValue(value) else {
                throw .invalidArgument(name, value, "Metadata must be valid as an HTTP header. Percent-encode it.")
            }
            let key = String(name.dropFirst(userPrefix.count))
            user[key] = user[key] ?? value
        }
        let byteCount = user.reduce(0) { $0 + $1.key.utf8.count + $1.value.utf8.count }
        guard byteCount <= maximumUserByteCount else {
            throw .metadataTooLarge(limit: maximumUserByteCount)
        }
        return user
    }

    private static func storedEncoding(_ header: String?) -> String? {
        let kept = HeaderList.members(of: header ?? "").filter { $0.lowercased() != "aws-chunked" }
        return kept.isEmpty ? nil : kept.joined(separator: ",")
    }

    /// The headers that give the metadata back, as it was given.
    var headers: HTTPFields {
        var headers: HTTPFields = [.contentType: contentType]
        headers[.cacheControl] = cacheControl
        headers[.contentDisposition] = contentDisposition
        headers[.contentEncoding] = contentEncoding
        headers[.contentLanguage] = contentLanguage
        headers[.expires] = expires
        for (name, value) in user.sorted(by: { $0.key < $1.key }) {
            headers[named: Self.userPrefix + name] = value
        }
        return headers
    }
}
