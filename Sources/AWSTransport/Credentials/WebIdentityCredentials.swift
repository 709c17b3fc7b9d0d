import SigV4

/// Credentials of a role, taken on with the token of another identity provider (as in EKS).
///
/// `AWS_WEB_IDENTITY_TOKEN_FILE`, `AWS_ROLE_ARN`, `AWS_ROLE_SESSION_NAME`. The token file is read each time anew: its
/// owner replaces it before the token expires.
struct WebIdentityCredentials: CredentialSource {
    /// What to work with.
    let context: SourceContext

    func load(at now: SigningDate) async throws(AWSError) -> Credentials? {
        let environment = context.environment
        guard let tokenFile = environment["AWS_WEB_IDENTITY_TOKEN_FILE"] else { return nil }
        guard let arn = environment["AWS_ROLE_ARN"] else {
            throw AWSError(
                .credentials,
                "AWS_WEB_IDENTITY_TOKEN_FILE is set and AWS_ROLE_ARN is not: set both or none."
            )
        }
        let role = AssumedRole(arn: arn, sessionName: context.sessionName(at: now))
        return try await credentials(of: role, tokenFile: tokenFile, region: nil)
    }

    /// Takes on a role.
    ///
    /// - Parameters:
    ///   - role: The role.
    ///   - tokenFile: Where the token is.
    ///   - region: STS's region; `nil` for the environment's.
    /// - Returns: The role's credentials.
    /// - Throws: ``AWSError`` that names the role and the file.
    func credentials(
        of role: AssumedRole,
        tokenFile: String,
        region: String?
    ) async throws(AWSError) -> Credentials {
        let place = "the role \(role.arn) by the web identity token in \(tokenFile)"
        guard let text = try context.environment.file(tokenFile) else {
            throw AWSError(.credentials, "No credentials from \(place): there is no such file.")
        }
        do {
            let token = String(text.drop(while: \.isWhitespace).prefix { !$0.isWhitespace })
            return try await context.sts(region: region, credentials: nil).assumeRole(role, webIdentityToken: token)
        } catch {
            throw AWSError(at: place, error)
        }
    }
}
