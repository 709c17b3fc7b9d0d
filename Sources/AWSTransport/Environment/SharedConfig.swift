/// The profiles of both shared files, merged; the credentials file wins where both say something.
struct SharedConfig: Sendable, Equatable {
    /// The settings of each profile by their names in lower case.
    let profiles: [String: [String: String]]

    /// The profile of those who name none.
    static let defaultProfile = "default"

    /// Reads the files that an environment points to: `AWS_CONFIG_FILE` and `AWS_SHARED_CREDENTIALS_FILE`, or those in
    /// `~/.aws`; missing ones are empty.
    ///
    /// - Parameter environment: Variables and files.
    /// - Throws: ``AWSError`` of kind `credentials` when a file is there and cannot be read.
    init(_ environment: AWSEnvironment) throws(AWSError) {
        let config = try environment.file(environment["AWS_CONFIG_FILE"] ?? "~/.aws/config") ?? ""
        let path = environment["AWS_SHARED_CREDENTIALS_FILE"] ?? "~/.aws/credentials"
        let credentials = try environment.file(path) ?? ""
        profiles = SharedConfigFile(config, .config).profiles
            .merging(SharedConfigFile(credentials, .credentials).profiles) { old, new in old.merging(new) { $1 } }
    }
}
