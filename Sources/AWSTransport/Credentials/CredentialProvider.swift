package import SigV4

/// Gives the credentials to sign with.
package protocol CredentialProvider: Sendable {
    /// The credentials to use now.
    ///
    /// - Parameters:
    ///   - now: The moment, by which expiry is judged.
    ///   - seconds: How much longer they should live; they may live less when there are no better ones.
    /// - Returns: Credentials; temporary ones say when they expire.
    /// - Throws: ``AWSError`` of kind `credentials`, naming what was tried and the way out.
    func credentials(at now: SigningDate, livingFor seconds: Int64) async throws(AWSError) -> Credentials

    /// Takes note that a service called these credentials expired, so that the next ones are others if possible.
    ///
    /// - Parameter credentials: The credentials that were refused.
    func refused(_ credentials: Credentials)
}

extension CredentialProvider {
    /// The credentials to use now, however long they live.
    ///
    /// - Parameter now: The moment, by which expiry is judged.
    /// - Returns: Credentials; temporary ones say when they expire.
    /// - Throws: ``AWSError`` of kind `credentials`.
    package func credentials(at now: SigningDate) async throws(AWSError) -> Credentials {
        try await credentials(at: now, livingFor: 0)
    }

    /// Ignores the refusal: there are no others.
    ///
    /// - Parameter credentials: The credentials that were refused.
    package func refused(_ credentials: Credentials) {}
}
