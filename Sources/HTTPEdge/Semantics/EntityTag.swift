/// Reads the entity tags of `If-Match` and `If-None-Match`.
package enum EntityTag {
    /// Whether a condition's list names this object; `*` names every one.
    ///
    /// Quotes may be left off, as some S3 clients do, and a weak tag (`W/"…"`) counts as the strong one, since the
    /// bytes of an object never change under one ETag.
    /// - Parameters:
    ///   - condition: The header's value, such as `"a", "b"`.
    ///   - etag: The object's ETag, without quotes.
    /// - Returns: Whether the object is among those named.
    package static func matches(_ condition: String, _ etag: String) -> Bool {
        HeaderList.members(of: condition).contains { $0 == "*" || unquoted($0) == etag }
    }

    /// One tag without the `W/` before it and the quotes around it.
    package static func unquoted(_ text: Substring) -> Substring {
        var tag = HeaderList.trimmed(text)
        if tag.hasPrefix("W/") { tag = tag.dropFirst(2) }
        if tag.count >= 2, tag.hasPrefix("\""), tag.hasSuffix("\"") { tag = tag.dropFirst().dropLast() }
        return tag
    }
}
