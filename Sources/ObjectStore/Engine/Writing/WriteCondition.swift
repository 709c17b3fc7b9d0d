/// What must hold of the key for a write to happen; checked before the body and again, atomically, at the end.
package enum WriteCondition: Sendable, Equatable {
    /// No condition: the last writer wins.
    case always
    /// `If-None-Match: *`: no object has the key.
    case ifAbsent
    /// `If-Match`: the object of that key has this entity tag (without quotes).
    case ifMatch(etag: String)
}
