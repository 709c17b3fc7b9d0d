package import AWSTransport
import DynamoDB
package import GalleryAWS
import GalleryCore
package import Logging

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The client of a catalog in a table, as every program of the gallery uses it.
package struct ExternalCatalog: Sendable {
    private let configuration: CatalogConfiguration
    /// The catalog; nothing is sent before it is asked something.
    package let catalog: DynamoDBImageCatalog

    /// Makes the client.
    ///
    /// - Parameters:
    ///   - configuration: Where the table is.
    ///   - environment: Where credentials are looked for.
    ///   - http: Sends requests.
    ///   - logger: Gets a line at `debug` for each retry.
    package init(
        _ configuration: CatalogConfiguration,
        environment: AWSEnvironment,
        http: any HTTPExchange,
        logger: Logger
    ) {
        self.configuration = configuration
        let client = AWSClient(
            service: "dynamodb",
            region: configuration.region,
            endpoint: configuration.endpoint,
            credentials: CredentialChain(environment: environment, http: http, logger: logger),
            http: http,
            configuration: DynamoDBClient.configuration,
            logger: logger
        )
        catalog = DynamoDBImageCatalog(DynamoDBClient(client), table: configuration.table, now: { Date() })
    }

    /// The catalog, after a look whether its table is there and is one for it.
    ///
    /// - Throws: ``CatalogFailure`` when it cannot be used.
    package func open() async throws(CatalogFailure) -> DynamoDBImageCatalog {
        do {
            try await catalog.checkTable()
            return catalog
        } catch .storageNotReached(_, let underlying), .storageUnavailable(_, let underlying) {
            throw CatalogFailure(place: "\(configuration.endpoint)", reason: "\(underlying)")
        } catch {
            throw CatalogFailure(place: "\(configuration.endpoint)", reason: "\(error)")
        }
    }
}

/// Why a catalog cannot be used.
package struct CatalogFailure: Error, CustomStringConvertible {
    /// The database's address.
    package let place: String
    /// What is wrong, as a sentence.
    package let reason: String

    /// One sentence with both.
    package var description: String { "the catalog at \(place) cannot be used: \(reason)" }
}
