import SigV4

/// One place where credentials may be found.
protocol CredentialSource: Sendable {
    /// Looks there.
    ///
    /// - Parameter now: The moment.
    /// - Returns: Credentials, `nil` when none are configured here.
    /// - Throws: ``AWSError`` when something is configured here that does not work; its message names the place and the
    ///   way out.
    func load(at now: SigningDate) async throws(AWSError) -> Credentials?
}
