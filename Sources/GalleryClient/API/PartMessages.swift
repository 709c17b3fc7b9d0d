/// A part that is to be sent, with the digest its URL shall bind.
package struct PartClaim: Sendable, Equatable, Encodable {
    /// Counted from 1.
    package let number: Int
    /// The SHA-256 of the part's bytes, in base64.
    package let sha256: String

    package init(number: Int, sha256: String) {
        self.number = number
        self.sha256 = sha256
    }
}

/// Where one part goes; the URL binds number, length and digest and is good for minutes.
package struct SignedPart: Sendable, Equatable, Decodable {
    /// Counted from 1.
    package let number: Int
    /// The presigned URL.
    package let url: String
    /// The headers the URL binds.
    package let headers: [String: String]

    package init(number: Int, url: String, headers: [String: String]) {
        self.number = number
        self.url = url
        self.headers = headers
    }
}

/// A part that the store has.
package struct StoredPart: Sendable, Equatable, Decodable {
    /// Counted from 1.
    package let number: Int
    /// Its bytes.
    package let size: Int64
    /// Its SHA-256 in base64, where the store knows it.
    package let sha256: String?

    package init(number: Int, size: Int64, sha256: String?) {
        self.number = number
        self.size = size
        self.sha256 = sha256
    }
}

/// What the store has of an upload.
package struct StoredParts: Sendable, Equatable, Decodable {
    /// Bytes a part, as the ticket said.
    package let partSize: Int64
    /// How many parts the upload has when it is whole.
    package let partCount: Int
    /// Those that are there.
    package let parts: [StoredPart]
}
