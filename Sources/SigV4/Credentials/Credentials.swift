/// An access key: its public name, its secret, and what belongs to temporary keys.
public struct Credentials: Sendable, Hashable {
    /// The public name of the key, up to 128 letters and digits, for example `AKIAIOSFODNN7EXAMPLE`.
    public let accessKeyID: String

    /// The secret from which signing keys are derived.
    public let secretAccessKey: Secret

    /// The token every request with a temporary key must bring, `nil` for a lasting key.
    public let sessionToken: String?

    /// When a temporary key dies; a presigned URL dies with it, whatever its own expiry says.
    public let expiresAt: SigningDate?

    /// Names a key.
    ///
    /// - Parameters:
    ///   - accessKeyID: The public name of the key; it must not contain `/`.
    ///   - secretAccessKey: The secret of the key.
    ///   - sessionToken: The token of a temporary key.
    ///   - expiresAt: When a temporary key dies.
    public init(
        accessKeyID: String,
        secretAccessKey: Secret,
        sessionToken: String? = nil,
        expiresAt: SigningDate? = nil
    ) {
        self.accessKeyID = accessKeyID
        self.secretAccessKey = secretAccessKey
        self.sessionToken = sessionToken
        self.expiresAt = expiresAt
    }
}
