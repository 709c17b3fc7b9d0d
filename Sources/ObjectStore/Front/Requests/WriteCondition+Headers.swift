import HTTPEdge
import HTTPTypes

extension WriteCondition {
    /// Reads the conditions of a write: `If-None-Match: *` or `If-Match: "etag"`, not both.
    /// - Throws: `NotImplemented` for every other condition, as S3 does; ignoring one could overwrite an object.
    init(_ headers: HTTPFields) throws(S3Error) {
        for name in ["if-modified-since", "if-unmodified-since"] where headers[named: name] != nil {
            throw .notImplemented(name)
        }
        switch (headers[.ifNoneMatch], headers[.ifMatch]) {
        case (nil, nil):
            self = .always
        case ("*", nil):
            self = .ifAbsent
        case (nil, let tag?) where tag != "*":
            self = .ifMatch(etag: String(EntityTag.unquoted(Substring(tag))))
        case (nil, _):
            throw .notImplemented("If-Match")
        default:
            throw .notImplemented("If-None-Match")
        }
    }

    /// The refusal when the condition does not hold.
    /// - Parameters:
    ///   - key: The key that was to be written.
    ///   - exists: Whether an object has that key.
    /// - Returns: `PreconditionFailed`, or `NoSuchKey` where an object to match is missing.
    func refusal(_ key: ObjectKey, exists: Bool) -> S3Error {
        switch self {
        case .always, .ifAbsent: .preconditionFailed("If-None-Match")
        case .ifMatch: exists ? .preconditionFailed("If-Match") : .noSuchKey(key.rawValue)
        }
    }
}
