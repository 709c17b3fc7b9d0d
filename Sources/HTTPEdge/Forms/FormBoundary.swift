/// Reads the boundary of a form from its content type (RFC 7578 §4.1).
package enum FormBoundary {
    /// The `boundary` parameter of `multipart/form-data`, quoted or not.
    ///
    /// - Parameter contentType: The value of `Content-Type`.
    /// - Returns: The boundary; empty when the parameter is missing, `nil` when the content type is no form's.
    package static func of(_ contentType: String) -> String? {
        let parts = contentType.split(separator: ";", omittingEmptySubsequences: false)
        guard let type = parts.first, HeaderList.trimmed(type).lowercased() == "multipart/form-data" else { return nil }
        for parameter in parts.dropFirst() {
            let pair = parameter.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard pair.count == 2, HeaderList.trimmed(pair[0]).lowercased() == "boundary" else { continue }
            let value = HeaderList.trimmed(pair[1])
            return value.hasPrefix("\"") ? String(value.dropFirst().prefix { $0 != "\"" }) : String(value)
        }
        return ""
    }
}
