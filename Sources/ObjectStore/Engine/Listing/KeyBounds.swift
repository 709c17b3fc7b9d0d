/// Which keys a listing is about, as bytes.
struct KeyBounds: Sendable {
    /// What keys begin with.
    let prefix: [UInt8]
    /// The key behind which the listing starts.
    let after: [UInt8]
    /// What keys must not begin with: the common prefix that was dealt with last.
    var skipped: [UInt8]?

    /// Whether a key is one of them.
    func admit(_ key: [UInt8]) -> Bool {
        key.starts(with: prefix) && after.lexicographicallyPrecedes(key) && !isSkipped(key)
    }

    /// Whether keys that begin with `start` can be among them.
    func mayAdmitKeys(beginningWith start: [UInt8]) -> Bool {
        guard start.starts(with: prefix) || prefix.starts(with: start) else { return false }
        guard after.lexicographicallyPrecedes(start) || after.starts(with: start) else { return false }
        return !isSkipped(start)
    }

    private func isSkipped(_ start: [UInt8]) -> Bool {
        guard let skipped else { return false }
        return start.starts(with: skipped)
    }
}
