import AWSTransport
import Logging
import SigV4

extension AWSEnvironment {
    /// An environment of variables and files, with the home folder `/home/me`.
    static func sample(_ variables: [String: String] = [:], files: [String: String] = [:]) -> AWSEnvironment {
        AWSEnvironment(variables: variables, home: "/home/me") { files[$0] }
    }
}

extension CredentialChain {
    /// A chain with a clock that stands.
    static func sample(
        _ variables: [String: String] = [:],
        files: [String: String] = [:],
        _ http: ScriptedExchange = nobody
    ) -> CredentialChain {
        CredentialChain(
            environment: .sample(variables, files: files),
            http: http,
            clock: TestClock().clock,
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        )
    }

    /// A network where nobody answers.
    static var nobody: ScriptedExchange {
        ScriptedExchange { _, _ in throw AWSError(.timeout, "nobody answers") }
    }

    /// The credentials at the test clock's start.
    func load() async throws(AWSError) -> Credentials {
        try await credentials(at: TestClock.start)
    }
}

/// STS's answer to an action.
func stsDocument(_ action: String, key: String = "ASIASTS") -> String {
    """
    <\(action)Response xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><\(action)Result><Credentials>
    <AccessKeyId>\(key)</AccessKeyId><SecretAccessKey>s</SecretAccessKey><SessionToken>t</SessionToken>
    <Expiration>2025-01-02T04:04:05Z</Expiration></Credentials></\(action)Result></\(action)Response>
    """
}

/// What the container endpoint and EC2's metadata answer.
let metadataDocument = """
    {"Code": "Success", "AccessKeyId": "ASIAMETA", "SecretAccessKey": "s", "Token": "t",
     "Expiration": "2025-01-02T09:04:05Z", "Type": "AWS-HMAC"}
    """
