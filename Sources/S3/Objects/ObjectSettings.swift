package import HTTPTypes

/// What a write says about an object besides its bytes.
package struct ObjectSettings: Hashable, Sendable {
    /// The media type; `nil` leaves it to the store (`binary/octet-stream`).
    package var contentType: String?
    /// `Cache-Control` of its downloads.
    package var cacheControl: String?
    /// `Content-Disposition` of its downloads.
    package var contentDisposition: String?
    /// User metadata by names without `x-amz-meta-`; values are ASCII, 2 KiB in all.
    package var metadata: [HTTPField.Name: String]
    /// A canned ACL such as `bucket-owner-full-control`; `nil` sends none, as buckets without ACLs demand.
    package var acl: String?

    /// Says nothing but what is given.
    package init(
        contentType: String? = nil,
        cacheControl: String? = nil,
        metadata: [HTTPField.Name: String] = [:],
        acl: String? = nil
    ) {
        self.contentType = contentType
        self.cacheControl = cacheControl
        self.metadata = metadata
        self.acl = acl
    }

    /// Adds the settings to a request's headers.
    func write(to fields: inout HTTPFields) {
        fields[.contentType] = contentType
        fields[.cacheControl] = cacheControl
        fields[.contentDisposition] = contentDisposition
        fields[.amz("acl")] = acl
        for (name, value) in metadata { fields[.amz("meta-\(name.canonicalName)")] = value }
    }
}
