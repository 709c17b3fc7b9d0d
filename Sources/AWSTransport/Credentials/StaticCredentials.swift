package import SigV4

/// The same credentials for ever.
package struct StaticCredentials: CredentialProvider {
    private let credentials: Credentials

    /// Gives these.
    ///
    /// - Parameter credentials: What to give.
    package init(_ credentials: Credentials) {
        self.credentials = credentials
    }

    package func credentials(at now: SigningDate, livingFor seconds: Int64) async throws(AWSError) -> Credentials {
        credentials
    }
}
