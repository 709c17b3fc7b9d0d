import AWSTransport
import HTTPTypes
package import SigV4

/// What a store says about an object.
package struct ObjectHead: Hashable, Sendable {
    /// How many bytes the whole object has.
    package let byteCount: Int64
    /// `nil` when the store gives none, as some do.
    package let etag: ETag?
    /// When the object was written, in whole seconds.
    package let lastModified: SigningDate?
    /// `nil` when the store keeps no SHA-256 of it.
    package let checksum: ObjectChecksum?
    /// What was said about it when it was written; the ACL is not told.
    package let settings: ObjectSettings

    /// Reads the headers of an answer to GET or HEAD.
    init(_ headers: HTTPFields, byteCount: Int64) throws(AWSError) {
        self.byteCount = byteCount
        etag = headers[.eTag].flatMap(ETag.init)
        lastModified = headers[.lastModified].flatMap(SigningDate.init(httpDate:))
        checksum = try Self.checksum(headers)
        var settings = ObjectSettings(contentType: headers[.contentType], cacheControl: headers[.cacheControl])
        settings.contentDisposition = headers[.contentDisposition]
        settings.metadata = Self.metadata(headers)
        self.settings = settings
    }

    static func checksum(_ headers: HTTPFields) throws(AWSError) -> ObjectChecksum? {
        guard let text = headers[.checksumSHA256] else { return nil }
        guard let checksum = ObjectChecksum(text) else {
            throw .badAnswer("x-amz-checksum-sha256 is no SHA-256: \(text.excerpt)")
        }
        return checksum
    }

    private static func metadata(_ headers: HTTPFields) -> [HTTPField.Name: String] {
        let prefix = "x-amz-meta-"
        var metadata: [HTTPField.Name: String] = [:]
        for field in headers where field.name.canonicalName.hasPrefix(prefix) {
            guard let name = HTTPField.Name(String(field.name.canonicalName.dropFirst(prefix.count))) else { continue }
            metadata[name] = field.value
        }
        return metadata
    }
}
