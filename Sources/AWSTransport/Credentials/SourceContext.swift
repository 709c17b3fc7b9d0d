import HTTPTypes
import Logging
import NIOCore
import SigV4

/// What the sources of credentials work with.
struct SourceContext: Sendable {
    /// Variables and files.
    let environment: AWSEnvironment
    /// Sends requests.
    let http: any HTTPExchange
    /// Time and chance.
    let clock: AWSClock
    /// Gets a line at `debug` for each retry.
    let logger: Logger
    /// How long to wait for services near by.
    var patience = AWSTimeouts.local

    /// A client of STS.
    ///
    /// - Parameters:
    ///   - region: The region that something names; else the environment's, else `us-east-1`.
    ///   - credentials: What to sign with, `nil` to send unsigned requests.
    /// - Returns: The client.
    /// - Throws: ``AWSError`` when region or endpoint are configured wrongly.
    func sts(region: String?, credentials: (any CredentialProvider)?) throws(AWSError) -> STSClient {
        let ownRegion = try environment.region()
        let region = region ?? ownRegion ?? "us-east-1"
        let ownEndpoint = try environment.endpoint(service: "sts")
        var configuration = AWSClientConfiguration()
        configuration.clock = clock
        return STSClient(
            AWSClient(
                service: "sts",
                region: region,
                endpoint: ownEndpoint ?? .aws(service: "sts", region: region),
                credentials: credentials,
                http: http,
                configuration: configuration,
                logger: logger
            )
        )
    }

    /// A client of a plain HTTP service near by, whose requests are not signed.
    ///
    /// - Parameters:
    ///   - endpoint: Where it listens.
    ///   - attempts: How often to ask.
    /// - Returns: The client.
    func local(_ endpoint: AWSEndpoint, attempts: Int) -> AWSClient {
        var configuration = AWSClientConfiguration()
        configuration.clock = clock
        configuration.timeouts = patience
        configuration.retry.maximumAttempts = attempts
        return AWSClient(
            service: "metadata",
            region: "local",
            endpoint: endpoint,
            credentials: nil,
            http: http,
            configuration: configuration,
            logger: logger
        )
    }

    /// The name of role sessions that nobody named.
    func sessionName(at now: SigningDate) -> String {
        environment["AWS_ROLE_SESSION_NAME"] ?? "imgn-\(now.secondsSince1970)"
    }
}
