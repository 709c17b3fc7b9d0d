import HTTPTypes

extension HTTPField.Name {
    /// `x-amz-<suffix>`.
    ///
    /// The suffix is a word of ours, or the name of another header, so that the whole is always a valid name.
    static func amz(_ suffix: String) -> HTTPField.Name {
        word("x-amz-\(suffix)")
    }

    private static func word(_ text: String) -> HTTPField.Name {
        guard let name = Self(text) else { preconditionFailure("\(text) is no header name") }
        return name
    }

    /// `content-md5`.
    static let contentMD5 = word("content-md5")

    /// `x-amz-checksum-sha256`.
    static let checksumSHA256 = amz("checksum-sha256")
}
