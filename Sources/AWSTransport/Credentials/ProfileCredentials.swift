import SigV4

/// Credentials of a profile in the shared config and credentials files.
struct ProfileCredentials: CredentialSource {
    /// What to work with.
    let context: SourceContext

    func load(at now: SigningDate) async throws(AWSError) -> Credentials? {
        let environment = context.environment
        let config = try SharedConfig(environment)
        let name = environment.profileName
        guard environment.isProfileNamed || config.profiles[name] != nil,
            let plan = try config.plan(for: name, sessionName: context.sessionName(at: now))
        else { return nil }
        return try await credentials(by: plan, at: now)
    }

    private func credentials(by plan: CredentialPlan, at now: SigningDate) async throws(AWSError) -> Credentials {
        switch plan {
        case .keys(let credentials):
            return credentials
        case .place(let place):
            guard let credentials = try await source(place).load(at: now) else {
                throw AWSError(
                    .credentials,
                    "The AWS profile's credential_source \(place.rawValue) has no credentials."
                )
            }
            return credentials
        case .webIdentity(let role, let tokenFile, let region):
            return try await WebIdentityCredentials(context: context)
                .credentials(of: role, tokenFile: tokenFile, region: region)
        case .role(let role, let region, let base):
            let own = try await credentials(by: base, at: now)
            do {
                return try await context.sts(region: region, credentials: StaticCredentials(own)).assumeRole(role)
            } catch {
                throw AWSError(at: "the role \(role.arn) of the AWS profile", error)
            }
        }
    }

    private func source(_ place: CredentialPlan.Place) -> any CredentialSource {
        switch place {
        case .environment: EnvironmentCredentials(environment: context.environment)
        case .container: ContainerCredentials(context: context)
        case .instance: InstanceCredentials(context: context)
        }
    }
}
