import HTTPTypes

/// When a write may replace what is there; `412 PreconditionFailed` refuses it.
package enum WriteCondition: Hashable, Sendable {
    /// Always: the last writer wins.
    case none
    /// Only when the key is free.
    case ifAbsent
    /// Only when the object still has this tag.
    case ifMatch(ETag)

    /// Adds the condition to a request's headers.
    func write(to fields: inout HTTPFields) {
        switch self {
        case .none: break
        case .ifAbsent: fields[.ifNoneMatch] = "*"
        case .ifMatch(let etag): fields[.ifMatch] = etag.quoted
        }
    }
}
