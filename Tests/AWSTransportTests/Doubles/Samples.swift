import AWSTransport
import HTTPTypes
import Logging
import SigV4

extension Credentials {
    /// A lasting key.
    static let lasting = Credentials(accessKeyID: "AKIDLASTING", secretAccessKey: Secret("secret"))

    /// A temporary key.
    static func temporary(_ name: String, until expiresAt: SigningDate? = nil) -> Credentials {
        Credentials(
            accessKeyID: name,
            secretAccessKey: Secret("secret"),
            sessionToken: "token-\(name)",
            expiresAt: expiresAt
        )
    }
}

extension SigningDate {
    /// The moment some seconds later.
    func plus(_ seconds: Int64) -> SigningDate {
        SigningDate(secondsSince1970: secondsSince1970 + seconds)
    }
}

extension HTTPField.Name {
    /// A name that is known to be one.
    static func named(_ name: String) -> HTTPField.Name {
        guard let name = HTTPField.Name(name) else { preconditionFailure("\(name) is no header name") }
        return name
    }
}

extension AWSClient {
    /// A client of a made-up S3 with a clock that stands.
    static func sample(
        _ http: any HTTPExchange,
        _ clock: TestClock,
        credentials: (any CredentialProvider)? = StaticCredentials(.lasting),
        attempts: Int = 3
    ) throws -> AWSClient {
        var configuration = AWSClientConfiguration()
        configuration.clock = clock.clock
        configuration.retry.maximumAttempts = attempts
        return AWSClient(
            service: "s3",
            region: "us-east-1",
            endpoint: .aws(service: "s3", region: "us-east-1"),
            credentials: credentials,
            http: http,
            configuration: configuration,
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        )
    }
}

/// An S3 error document.
func errorDocument(_ code: String, _ extra: String = "") -> String {
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>\(code)</Code><Message>Because.</Message>\(extra)</Error>"
}
