/// A POST policy and the fields of a browser's form that sign it, as they were sent.
public struct SignedPolicy: Sendable {
    /// The policy document in base64: the very text that is signed.
    public let policy: String

    /// `x-amz-algorithm`.
    let algorithm: String?
    /// `x-amz-credential`.
    let credential: String?
    /// `x-amz-date`.
    let date: String?
    /// `x-amz-signature`.
    let signature: String?
    /// `x-amz-security-token`.
    let sessionToken: String?
    /// Whether the form is signed by version 2, which is refused.
    let isVersion2: Bool

    /// Takes the signature's fields out of a form.
    ///
    /// - Parameters:
    ///   - policy: The field `policy`, not decoded.
    ///   - field: Finds a field's value by its lower-case name; `nil` when the form does not have it.
    public init(policy: String, field: (_ name: String) -> String?) {
        self.policy = policy
        algorithm = field("x-amz-algorithm")
        credential = field("x-amz-credential")
        date = field("x-amz-date")
        signature = field("x-amz-signature")
        sessionToken = field("x-amz-security-token")
        isVersion2 = algorithm == nil && field("awsaccesskeyid") != nil
    }
}
