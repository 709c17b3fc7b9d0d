extension WriteHeaders {
    /// Checks the settings of an UploadPart or UploadPartCopy: those of a write, and no condition on the key.
    ///
    /// A condition belongs to the completion, which alone changes what the key names.
    /// - Throws: What ``check(_:)`` throws, and `NotImplemented` for a condition.
    static func checkPart(_ request: S3Request) throws(S3Error) {
        try check(request)
        guard try WriteCondition(request.headers) == .always else {
            throw .notImplemented("a condition on a part")
        }
    }
}
