extension AWSEnvironment {
    /// The profile in use: `AWS_PROFILE`, else `default`.
    package var profileName: String {
        self["AWS_PROFILE"] ?? self["AWS_DEFAULT_PROFILE"] ?? SharedConfig.defaultProfile
    }

    /// Whether somebody named the profile, so that it has to be there.
    var isProfileNamed: Bool {
        self["AWS_PROFILE"] != nil || self["AWS_DEFAULT_PROFILE"] != nil
    }

    /// The region: `AWS_REGION`, `AWS_DEFAULT_REGION`, else the profile's.
    ///
    /// - Returns: The region, `nil` when nothing names one.
    /// - Throws: ``AWSError`` of kind `credentials` when a shared file cannot be read.
    package func region() throws(AWSError) -> String? {
        if let region = self["AWS_REGION"] ?? self["AWS_DEFAULT_REGION"] { return region }
        return try setting("region")
    }

    /// An endpoint in place of AWS's own: `AWS_ENDPOINT_URL_<SERVICE>`, `AWS_ENDPOINT_URL`, else the profile's
    /// `endpoint_url`; not when `AWS_IGNORE_CONFIGURED_ENDPOINT_URLS` is `true`.
    ///
    /// - Parameter service: The service, for example `s3`.
    /// - Returns: The endpoint, `nil` when nothing names one.
    /// - Throws: ``AWSError`` of kind `badRequest` when what is named is no endpoint, of kind `credentials` when a
    ///   shared file cannot be read.
    package func endpoint(service: String) throws(AWSError) -> AWSEndpoint? {
        guard !isTrue("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS") else { return nil }
        for name in ["AWS_ENDPOINT_URL_\(service.uppercased())", "AWS_ENDPOINT_URL"] {
            if let url = self[name] { return try Self.endpoint(url, from: name) }
        }
        guard let url = try setting("endpoint_url") else { return nil }
        return try Self.endpoint(url, from: "endpoint_url of the profile \(profileName)")
    }

    private func setting(_ name: String) throws(AWSError) -> String? {
        try SharedConfig(self).profiles[profileName]?[name].flatMap { $0.isEmpty ? nil : $0 }
    }

    private static func endpoint(_ url: String, from name: String) throws(AWSError) -> AWSEndpoint {
        guard let endpoint = AWSEndpoint(url) else {
            throw AWSError(
                .badRequest,
                "\(name) is \"\(url)\": write it like https://s3.example.org or http://host:9000."
            )
        }
        return endpoint
    }
}
