import HTTPTypes

extension HTTPField.Name {
    /// `x-amz-date`.
    static let amzDate = Self(constant: "x-amz-date")
    /// `x-amz-content-sha256`.
    static let amzContentSHA256 = Self(constant: "x-amz-content-sha256")
    /// `x-amz-security-token`.
    static let amzSecurityToken = Self(constant: "x-amz-security-token")

    private init(constant: String) {
        guard let name = Self(constant) else { preconditionFailure("\(constant) is no header name") }
        self = name
    }
}
