import SigV4

/// Credentials in `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY` and `AWS_SESSION_TOKEN`.
struct EnvironmentCredentials: CredentialSource {
    /// Where the variables are.
    let environment: AWSEnvironment

    func load(at now: SigningDate) async throws(AWSError) -> Credentials? {
        switch (environment["AWS_ACCESS_KEY_ID"], environment["AWS_SECRET_ACCESS_KEY"]) {
        case (nil, nil): return nil
        case (let id?, let secret?):
            return Credentials(
                accessKeyID: id,
                secretAccessKey: Secret(secret),
                sessionToken: environment["AWS_SESSION_TOKEN"]
            )
        case (nil, .some): throw Self.halfConfigured("AWS_SECRET_ACCESS_KEY", without: "AWS_ACCESS_KEY_ID")
        case (.some, nil): throw Self.halfConfigured("AWS_ACCESS_KEY_ID", without: "AWS_SECRET_ACCESS_KEY")
        }
    }

    private static func halfConfigured(_ set: String, without missing: String) -> AWSError {
        AWSError(.credentials, "\(set) is set in the environment and \(missing) is not: set both or none.")
    }
}
