import AWSTransport
import GalleryAWS
import GalleryCore
import GalleryWeb
import Logging
import S3

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The clients of an S3 store, as `imgn serve` and `imgn doctor` use them.
struct ExternalStorage {
    let configuration: StorageConfiguration
    let client: AWSClient
    private let sts: STSClient?

    /// Makes the clients; nothing is sent yet.
    ///
    /// - Parameters:
    ///   - configuration: Where the store is.
    ///   - environment: Where credentials are looked for.
    ///   - http: Sends requests.
    ///   - logger: Gets a line at `debug` for each retry.
    init(
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
    var s3: S3Client { S3Client(client, addressing: configuration.addressing) }

    /// Lends keys for single uploads; `nil` when no role is named.
    var lender: CredentialLender? {
        guard let sts, let role = configuration.sts?.role else { return nil }
        return CredentialLender(sts, role: role, region: configuration.region)
    }

    /// Where browsers go besides the gallery.
    var origins: StorageOrigins {
        let place = s3.origin(of: configuration.keys.bucket)
        let pictures = configuration.picturesURL.map { url in
            url.split(separator: "/", maxSplits: 3, omittingEmptySubsequences: false).prefix(3).joined(separator: "/")
        }
        return StorageOrigins(uploads: [place], pictures: pictures.map { [$0] } ?? [])
    }

    /// Finds out what the store can do, says so in the log, and makes the gallery's storage of it.
    ///
    /// - Throws: `StartFailure.storage` when the store cannot be used.
    func open(logger: Logger) async throws(StartFailure) -> S3ImageStorage {
        do {
            let abilities = try await S3StoreProbe(s3, keys: configuration.keys).run()
            for sentence in abilities.shortcomings { logger.warning("\(sentence)") }
            var settings = S3ImageStorage.Configuration(
                keys: configuration.keys,
                acl: configuration.acl,
                publicBaseURL: configuration.picturesURL
            )
            settings.lender = lender
            return S3ImageStorage(s3, configuration: settings, abilities: abilities, now: { Date() })
        } catch GalleryError.storageNotReached(_, let underlying), GalleryError.storageUnavailable(_, let underlying) {
            throw .storage(place: "\(configuration.endpoint)", reason: "\(underlying)")
        } catch {
            throw .storage(place: "\(configuration.endpoint)", reason: "\(error)")
        }
    }
}
