package import HTTPTypes
package import SigV4

/// A request that anybody can send until it expires.
package struct PresignedRequest: Hashable, Sendable {
    /// The method it is good for.
    package let method: HTTPRequest.Method
    /// Where to.
    package let url: String
    /// What it must be sent with, besides what HTTP clients set themselves (`host`, `content-length`).
    package let headers: HTTPFields
    /// When the last request may start: the temporary credentials it was signed with may die before it was to end.
    package let expiresAt: SigningDate
}

/// What a presigned upload is bound to: exactly one body, as far as it is known.
package struct PresignedBody: Hashable, Sendable {
    /// How many bytes it has; `nil` binds no length.
    package let byteCount: Int64?
    /// Their SHA-256, 32 bytes; `nil` binds no digest.
    package let sha256: [UInt8]?

    /// Describes a body.
    package init(byteCount: Int64?, sha256: [UInt8]?) {
        self.byteCount = byteCount
        self.sha256 = sha256
    }
}
