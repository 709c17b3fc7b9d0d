package import Logging
package import SigV4

/// Credentials from the first place that has some, in the order of the SDKs, kept until shortly before they expire.
///
/// Environment variables, web identity token, shared config and credentials files, container endpoint, EC2 metadata. A
/// place where nothing is configured is passed over; one that is configured and does not work ends the search with an
/// error that names it: nobody wants to be somebody else by accident.
package struct CredentialChain: CredentialProvider {
    private let cached: CachedCredentials

    /// Makes a chain; nothing is looked up yet.
    ///
    /// - Parameters:
    ///   - environment: Variables and files.
    ///   - http: Reaches STS, the container endpoint and EC2's metadata.
    ///   - clock: Time and chance.
    ///   - patience: How long to wait for the container endpoint and EC2's metadata, which are near by or not there.
    ///   - logger: Gets a line at `debug` for each retry.
    package init(
        environment: AWSEnvironment,
        http: any HTTPExchange,
        clock: AWSClock = .system,
        patience: AWSTimeouts = .local,
        logger: Logger
    ) {
        var context = SourceContext(environment: environment, http: http, clock: clock, logger: logger)
        context.patience = patience
        let sources: [any CredentialSource] = [
            EnvironmentCredentials(environment: environment), WebIdentityCredentials(context: context),
            ProfileCredentials(context: context), ContainerCredentials(context: context),
            InstanceCredentials(context: context),
        ]
        cached = CachedCredentials { now throws(AWSError) in
            for source in sources {
                if let credentials = try await source.load(at: now) { return credentials }
            }
            throw Self.nothingFound
        }
    }

    package func credentials(at now: SigningDate, livingFor seconds: Int64) async throws(AWSError) -> Credentials {
        try await cached.credentials(at: now, livingFor: seconds)
    }

    package func refused(_ credentials: Credentials) {
        cached.refused(credentials)
    }

    private static let nothingFound = AWSError(
        .credentials,
        "No AWS credentials were found. Looked at the environment (AWS_ACCESS_KEY_ID), web identity "
            + "(AWS_WEB_IDENTITY_TOKEN_FILE), the shared config and credentials files, the container endpoint and EC2 "
            + "metadata. Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE."
    )
}
