extension AWSError {
    /// An error of a source: names the place, keeps what went wrong.
    ///
    /// - Parameters:
    ///   - place: Where the credentials were to come from, with the setting that says so.
    ///   - error: What went wrong there.
    init(at place: String, _ error: any Error) {
        let cause = AWSError(line: error)
        self.init(
            cause.kind == .cancelled ? .cancelled : .credentials,
            "No credentials from \(place): \(cause)",
            status: cause.status
        )
    }
}
