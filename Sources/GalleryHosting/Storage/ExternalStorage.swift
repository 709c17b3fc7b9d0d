package import AWSTransport
package import GalleryAWS
import GalleryCore
package import GalleryWeb
package import Logging
package import S3

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The clients of an S3 store, as every program of the gallery uses them.
package struct ExternalStorage: Sendable {
    private let configuration: StorageConfiguration
    /// Signs and sends requests to the store.
    package let client: AWSClient
    private let sts: STSClient?

    /// Makes the clients; nothing is sent yet.
    ///
    /// - Parameters:
    ///   - configuration: Where the store is.
    ///   - environment: Where credentials are looked for.
    ///   - http: Sends requests.
    ///   - logger: Gets a line at `debug` for each retry.
    package init(
        _ configuration: StorageConfiguration,
        environment: AWSEnvironment,
        http: any HTTPExchange,
        logger: Logger
    ) {
        self.configuration = configuration
        let credentials = CredentialChain(environment: environment, http: http, logger: logger)
        func client(_ service: String, at endpoint: AWSEndpoint) -> AWSClient {
            AWSClient(
                service: service,
                region: configuration.region,
                endpoint: endpoint,
                credentials: credentials,
                http: http,
                logger: logger
            )
        }
        self.client = client("s3", at: configuration.endpoint)
        sts = configuration.sts.map { STSClient(client("sts", at: $0.endpoint)) }
    }

    /// Talks to the store.
    package var s3: S3Client { S3Client(client, addressing: configuration.addressing) }

    /// Lends keys for single uploads; `nil` when no role is named.
    package var lender: CredentialLender? {
        guard let sts, let role = configuration.sts?.role else { return nil }
        return CredentialLender(sts, role: role, region: configuration.region)
    }

    /// Where browsers go besides the gallery.
    package var origins: StorageOrigins {
        let place = s3.origin(of: configuration.keys.bucket)
        let pictures = configuration.picturesURL.map { url in
            url.split(separator: "/", maxSplits: 3, omittingEmptySubsequences: false).prefix(3).joined(separator: "/")
        }
        return StorageOrigins(uploads: [place], pictures: pictures.map { [$0] } ?? [])
    }

    /// Makes the gallery's storage of the store; nothing is sent.
    ///
    /// - Parameter abilities: What the store does of what S3 promises.
    /// - Returns: The storage.
    package func storage(_ abilities: StoreAbilities) -> S3ImageStorage {
        var settings = S3ImageStorage.Configuration(
            keys: configuration.keys,
            acl: configuration.acl,
            publicBaseURL: configuration.picturesURL
        )
        settings.lender = lender
        return S3ImageStorage(s3, configuration: settings, abilities: abilities, now: { Date() })
    }

    /// Finds out what the store can do, unless that is configured, says so in the log, and makes the gallery's storage
    /// of it.
    ///
    /// - Throws: ``StorageFailure`` when the store cannot be used.
    package func open(logger: Logger) async throws(StorageFailure) -> S3ImageStorage {
        do {
            let abilities = try await abilities()
            for sentence in abilities.shortcomings { logger.warning("\(sentence)") }
            return storage(abilities)
        } catch GalleryError.storageNotReached(_, let underlying), GalleryError.storageUnavailable(_, let underlying) {
            throw StorageFailure(place: "\(configuration.endpoint)", reason: "\(underlying)")
        } catch {
            throw StorageFailure(place: "\(configuration.endpoint)", reason: "\(error)")
        }
    }

    private func abilities() async throws(GalleryError) -> StoreAbilities {
        if let abilities = configuration.abilities { return abilities }
        return try await S3StoreProbe(s3, keys: configuration.keys).run()
    }
}

/// Why a storage cannot be used.
package struct StorageFailure: Error, CustomStringConvertible {
    /// The storage's address.
    package let place: String
    /// What is wrong, as a sentence.
    package let reason: String

    /// One sentence with both.
    package var description: String { "the storage at \(place) cannot be used: \(reason)" }
}
