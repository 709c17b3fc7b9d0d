import HTTPEdge
import HTTPTypes
import SigV4

/// The conditions of a read, in the order of RFC 9110 §13.2.2: a match decides before a date does.
struct ReadConditions: Sendable {
    /// What the conditions say of an object.
    enum Verdict: Equatable {
        /// Answer as if there were no condition.
        case proceed
        /// 304: the client has it already, says the named condition.
        case notModified(String)
        /// 412: the named condition does not hold.
        case failed(String)
    }

    private let match: String?
    private let noneMatch: String?
    private let modifiedSince: SigningDate?
    private let unmodifiedSince: SigningDate?
    private let prefix: String

    /// Takes the conditions of a GET or HEAD, or, with the prefix `x-amz-copy-source-`, those of a copy's source.
    ///
    /// A date that is no IMF-fixdate is as good as absent (RFC 9110 §13.1.3).
    init(_ headers: HTTPFields, prefix: String = "") {
        self.prefix = prefix
        match = headers[named: prefix + "if-match"]
        noneMatch = headers[named: prefix + "if-none-match"]
        modifiedSince = headers[named: prefix + "if-modified-since"].flatMap { SigningDate(httpDate: $0) }
        unmodifiedSince = headers[named: prefix + "if-unmodified-since"].flatMap { SigningDate(httpDate: $0) }
    }

    /// Judges an object by its ETag (without quotes) and the second it was written.
    func judge(_ object: ObjectInfo) -> Verdict {
        let modified = ObjectTime(milliseconds: object.lastModified).seconds
        if let match {
            if !EntityTag.matches(match, object.etag) { return .failed("\(prefix)If-Match") }
        } else if let unmodifiedSince, modified > unmodifiedSince {
            return .failed("\(prefix)If-Unmodified-Since")
        }
        if let noneMatch {
            return EntityTag.matches(noneMatch, object.etag) ? .notModified("\(prefix)If-None-Match") : .proceed
        }
        if let modifiedSince, modified <= modifiedSince { return .notModified("\(prefix)If-Modified-Since") }
        return .proceed
    }
}
