import SigV4

/// How a profile comes to its credentials, decided from the shared files alone.
indirect enum CredentialPlan: Sendable, Equatable {
    /// They stand in the file.
    case keys(Credentials)
    /// They come from elsewhere on this machine.
    case place(Place)
    /// They are those of a role, taken on with other credentials.
    case role(AssumedRole, region: String?, with: CredentialPlan)
    /// They are those of a role, taken on with a token in a file.
    case webIdentity(AssumedRole, tokenFile: String, region: String?)

    /// What `credential_source` can name.
    enum Place: String, Sendable {
        /// The environment variables.
        case environment = "Environment"
        /// The container endpoint.
        case container = "EcsContainer"
        /// EC2's metadata.
        case instance = "Ec2InstanceMetadata"
    }
}

extension SharedConfig {
    /// How a profile comes to its credentials.
    ///
    /// - Parameters:
    ///   - name: The profile.
    ///   - sessionName: The role session's name where the profile gives none.
    /// - Returns: `nil` when the profile has nothing to do with credentials.
    /// - Throws: ``AWSError`` of kind `credentials` when it is incomplete, runs in a circle, or needs what we cannot
    ///   do.
    func plan(for name: String, sessionName: String) throws(AWSError) -> CredentialPlan? {
        try ProfileReader(config: self, sessionName: sessionName).plan(for: name, askedBy: [])
    }
}

/// Follows profiles to where their credentials come from.
private struct ProfileReader {
    let config: SharedConfig
    let sessionName: String

    func plan(for name: String, askedBy: [String]) throws(AWSError) -> CredentialPlan? {
        guard let profile = config.profiles[name] else {
            throw problem(name, "is in neither of the shared files; `aws configure list-profiles` shows what is.")
        }
        guard let arn = profile["role_arn"] else { return try ownPlan(name, profile) }
        var role = AssumedRole(arn: arn, sessionName: profile["role_session_name"] ?? sessionName)
        role.externalID = profile["external_id"]
        role.durationSeconds = profile["duration_seconds"].flatMap { Int($0) }
        if profile["mfa_serial"] != nil {
            throw problem(name, "asks for a second factor (mfa_serial), and nobody is here to type it. \(Self.wayOut)")
        }
        if let tokenFile = profile["web_identity_token_file"] {
            return .webIdentity(role, tokenFile: tokenFile, region: profile["region"])
        }
        let base = try base(name, profile, askedBy: askedBy + [name])
        return .role(role, region: profile["region"], with: base)
    }

    /// What a role is taken on with.
    private func base(
        _ name: String,
        _ profile: [String: String],
        askedBy: [String]
    ) throws(AWSError) -> CredentialPlan {
        switch (profile["source_profile"], profile["credential_source"]) {
        case (let source?, nil):
            // A profile may name itself: then its own keys take on its own role.
            if source == name, let own = try ownPlan(name, profile) { return own }
            guard !askedBy.contains(source) else {
                throw problem(name, "leads back to itself: \((askedBy + [source]).joined(separator: " → ")).")
            }
            guard let plan = try plan(for: source, askedBy: askedBy) else {
                throw problem(name, "takes its credentials from \(source) (source_profile), which has none.")
            }
            return plan
        case (nil, let source?):
            guard let place = CredentialPlan.Place(rawValue: source) else {
                throw problem(
                    name,
                    "has the credential_source \(source); Environment, EcsContainer and Ec2InstanceMetadata are known."
                )
            }
            return .place(place)
        case (nil, nil):
            throw problem(name, "has a role_arn and neither source_profile nor credential_source: add one of them.")
        case (.some, .some):
            throw problem(name, "has both source_profile and credential_source: leave one of them out.")
        }
    }

    /// Keys that stand in the profile itself.
    private func ownPlan(_ name: String, _ profile: [String: String]) throws(AWSError) -> CredentialPlan? {
        switch (profile["aws_access_key_id"], profile["aws_secret_access_key"]) {
        case (let id?, let secret?) where !id.isEmpty && !secret.isEmpty:
            let token = profile["aws_session_token"]
            return .keys(Credentials(accessKeyID: id, secretAccessKey: Secret(secret), sessionToken: token))
        case (nil, nil): break
        default: throw problem(name, "has one of aws_access_key_id and aws_secret_access_key; it needs both.")
        }
        if profile["credential_process"] != nil {
            throw problem(name, "has a credential_process, and we run no programs for credentials. \(Self.wayOut)")
        }
        if profile.keys.contains(where: { $0.hasPrefix("sso_") || $0 == "login_session" }) {
            throw problem(name, "signs in by browser (SSO). \(Self.wayOut)")
        }
        return nil
    }

    private static let wayOut =
        "Run `eval \"$(aws configure export-credentials --format env)\"` before, which sets AWS_ACCESS_KEY_ID and "
        + "its like."

    private func problem(_ name: String, _ what: String) -> AWSError {
        AWSError(.credentials, "The AWS profile \(name) \(what)")
    }
}
