import SigV4

/// What a raw request target names in path-style S3: the service, a bucket, or an object; and the query.
///
/// Read from the bytes of the request line, never from a router's path: `//`, `/./`, `/../` and a trailing `/` are part
/// of a key, and `%2F` is a slash (s3.md §1, trap 1).
struct S3Target: Sendable {
    /// What the path names, percent-decoded but not yet checked.
    enum Resource: Sendable, Equatable {
        /// `/`
        case service
        /// `/bucket` or `/bucket/`
        case bucket(String)
        /// `/bucket/key`
        case object(bucket: String, key: String)

        /// The kind of resource, as errors name it.
        var type: String {
            switch self {
            case .service: "SERVICE"
            case .bucket: "BUCKET"
            case .object: "OBJECT"
            }
        }
    }

    /// What the path names.
    let resource: Resource
    /// The query, order and repeats kept.
    let query: RawQuery

    /// Reads a raw target such as `/bucket/a%20key?x-id=GetObject`.
    /// - Throws: `InvalidURI` when the path does not start with `/`, has a broken `%XX`, or is not UTF-8.
    init(_ target: String) throws(S3Error) {
        let (path, query) = Self.split(target)
        guard path.utf8.first == UInt8(ascii: "/"), let bytes = URICoding.decode(path) else {
            throw .invalidURI
        }
        let slash = UInt8(ascii: "/")
        let names = bytes.dropFirst().split(separator: slash, maxSplits: 1, omittingEmptySubsequences: false)
        let decoded = names.map { String(validating: $0, as: UTF8.self) }
        guard let bucket = decoded[0] else { throw .invalidURI }
        if decoded.count == 1 {
            resource = bucket.isEmpty ? .service : .bucket(bucket)
        } else {
            guard let key = decoded[1] else { throw .invalidURI }
            resource = key.isEmpty ? .bucket(bucket) : .object(bucket: bucket, key: key)
        }
        self.query = RawQuery(query)
    }

    /// The first segment of a raw target, decoded, or nil when there is none to speak of.
    ///
    /// Answers even when the rest of the path cannot be decoded, so that a broken key is answered in S3's words.
    static func bucketSegment(of target: String) -> String? {
        let path = split(target).path
        guard path.utf8.first == UInt8(ascii: "/"), let bytes = URICoding.decode(path) else { return nil }
        return String(validating: bytes.dropFirst().prefix { $0 != UInt8(ascii: "/") }, as: UTF8.self)
    }

    /// Cuts a raw target at its first `?`.
    static func split(_ target: String) -> (path: Substring, query: Substring) {
        guard let mark = target.utf8.firstIndex(of: UInt8(ascii: "?")) else { return (target[...], "") }
        return (target[..<mark], target[target.utf8.index(after: mark)...])
    }
}
