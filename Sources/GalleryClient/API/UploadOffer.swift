/// What a client says of a file before it sends it: the body of `POST /api/uploads`.
package struct UploadOffer: Sendable, Equatable, Encodable {
    /// The file's name, for people.
    package let name: String
    /// The media type as the name suggests it; the bytes decide.
    package let type: String
    /// The number of bytes.
    package let size: Int64
    /// The content digest in base64: the file's SHA-256, or for more than one part S3's composite over the parts.
    package let sha256: String

    package init(name: String, type: String, size: Int64, sha256: String) {
        self.name = name
        self.type = type
        self.size = size
        self.sha256 = sha256
    }
}
