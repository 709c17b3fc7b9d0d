/// What a client says of an object; kept with it and given back as it was given.
package struct ObjectMetadata: Sendable, Equatable {
    /// What S3 calls an object whose type nobody named.
    package static let defaultContentType = "binary/octet-stream"

    /// `Content-Type`.
    package var contentType: String
    /// `Cache-Control`.
    package var cacheControl: String?
    /// `Content-Disposition`.
    package var contentDisposition: String?
    /// `Content-Encoding`, without `aws-chunked`.
    package var contentEncoding: String?
    /// `Content-Language`.
    package var contentLanguage: String?
    /// `Expires`, as text.
    package var expires: String?
    /// The `x-amz-meta-<name>` headers by lower-case name, without the prefix.
    package var user: [String: String]

    /// Makes metadata of which only the type must be known.
    package init(contentType: String = Self.defaultContentType, user: [String: String] = [:]) {
        self.contentType = contentType
        self.user = user
    }
}
