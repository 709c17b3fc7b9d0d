package import Logging
package import SigV4

/// Signs requests to one service in one region, sends them, and tries again where that is safe and promising.
///
/// Copies share what they learn: the service's clock, the retry quota, derived signing keys.
package struct AWSClient: Sendable {
    /// The service that is signed for, for example `s3`.
    package let service: String

    /// The region that is signed for.
    package let region: String

    /// Where the service listens.
    package let endpoint: AWSEndpoint

    /// How it waits, tries again, and understands refusals.
    package let configuration: AWSClientConfiguration

    let credentials: (any CredentialProvider)?
    let http: any HTTPExchange
    let logger: Logger
    let memory = ClientMemory()

    /// Makes a client.
    ///
    /// - Parameters:
    ///   - service: The service that is signed for.
    ///   - region: The region that is signed for.
    ///   - endpoint: Where the service listens.
    ///   - credentials: Gives the credentials; `nil` sends unsigned requests.
    ///   - http: Sends requests.
    ///   - configuration: How to wait, try again, and understand refusals.
    ///   - logger: Gets a line at `debug` for each retry.
    package init(
        service: String,
        region: String,
        endpoint: AWSEndpoint,
        credentials: (any CredentialProvider)?,
        http: any HTTPExchange,
        configuration: AWSClientConfiguration = AWSClientConfiguration(),
        logger: Logger
    ) {
        self.service = service
        self.region = region
        self.endpoint = endpoint
        self.credentials = credentials
        self.http = http
        self.configuration = configuration
        self.logger = logger
    }

    /// The moment by the service's clock, as far as it is known.
    package func now() -> SigningDate {
        memory.corrected(configuration.clock.now())
    }

    /// A signer for presigning.
    ///
    /// - Parameter seconds: How much longer its credentials should live; they may live less when there are no better.
    /// - Returns: A signer with the credentials of now.
    /// - Throws: ``AWSError`` of kind `credentials`.
    package func signer(livingFor seconds: Int64 = 0) async throws(AWSError) -> Signer {
        guard let credentials else {
            throw AWSError(.credentials, "This client of \(service) has no credentials, so it cannot sign.")
        }
        let current = try await credentials.credentials(at: now(), livingFor: seconds)
        return memory.signer(current, region: region, service: service)
    }
}
