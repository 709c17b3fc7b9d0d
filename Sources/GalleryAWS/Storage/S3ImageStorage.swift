import AWSTransport
package import GalleryCore
package import S3

#if canImport(FoundationEssentials)
    package import FoundationEssentials
#else
    package import Foundation
#endif

/// The gallery's storage on any S3: uploads go to the store itself, ingest reads them and writes what is public.
///
/// What a store does not do is made up for (``StoreAbilities``): nothing is published but the very bytes that were
/// looked at.
package struct S3ImageStorage: ImageStorage {
    let client: S3Client
    let configuration: Configuration
    /// What the store does of what S3 promises.
    package let abilities: StoreAbilities
    let now: @Sendable () -> Date

    /// Where the objects are and what every write says.
    package struct Configuration: Sendable {
        /// Bucket and prefix.
        package var keys: GalleryKeys
        /// A canned ACL on every write, such as `bucket-owner-full-control`; `nil` sends none, as new buckets demand.
        package var acl: String?
        /// What stands before `/images/…` and `/renditions/…` where anyone may fetch public files, such as a CDN;
        /// `nil` when we serve them.
        package var publicBaseURL: String?
        /// Lends keys for single uploads; `nil` when the store has no STS.
        package var lender: CredentialLender?

        /// Says where the objects are.
        package init(keys: GalleryKeys, acl: String? = nil, publicBaseURL: String? = nil) {
            self.keys = keys
            self.acl = acl
            self.publicBaseURL = publicBaseURL
        }
    }

    /// Makes a storage.
    ///
    /// - Parameters:
    ///   - client: Talks to the store.
    ///   - configuration: Where the objects are.
    ///   - abilities: What the store does; ``S3StoreProbe`` finds out.
    ///   - now: The clock by which spent and unfinished uploads grow old.
    package init(
        _ client: S3Client,
        configuration: Configuration,
        abilities: StoreAbilities,
        now: @escaping @Sendable () -> Date
    ) {
        self.client = client
        self.configuration = configuration
        self.abilities = abilities
        self.now = now
    }

    var keys: GalleryKeys { configuration.keys }

    package func unpublish(_ files: [PublishedFile]) async throws(GalleryError) {
        try await attempt("unpublish") {
            for file in files { try await client.deleteObject(keys.published(file)) }
        }
    }

    package func published(_ file: PublishedFile) async throws(GalleryError) -> PublishedObject? {
        let location = keys.published(file)
        guard let head = try await attempt("look up picture", { try await client.headObject(location) }) else {
            return nil
        }
        return PublishedObject(
            byteCount: head.byteCount,
            etag: head.etag?.value ?? "\(file)",
            lastModified: head.lastModified?.date ?? now(),
            read: { range in
                let part = try await client.read(location, range, ifMatch: head.etag)
                guard let part else { throw GalleryError.imageNotFound(file.id) }
                return part
            }
        )
    }

    package func publicAddress(of file: PublishedFile) -> String? {
        configuration.publicBaseURL.map { base in
            (base.hasSuffix("/") ? String(base.dropLast()) : base) + "/\(file.path)"
        }
    }

    package func checkReady() async throws(GalleryError) {
        try await attempt("look at the store") {
            _ = try await client.listObjects(
                in: keys.bucket,
                ObjectQuery(prefix: keys.incomingPrefix, limit: 1)
            )
        }
    }

    /// Runs a piece of work, and says its failure in the gallery's words.
    @discardableResult
    func attempt<Result>(_ operation: String, _ work: () async throws -> Result) async throws(GalleryError) -> Result {
        do {
            return try await work()
        } catch {
            throw GalleryError(error, during: operation)
        }
    }

    /// What a write says besides its bytes, the configured ACL included.
    func settings(_ settings: ObjectSettings = ObjectSettings()) -> ObjectSettings {
        var settings = settings
        settings.acl = configuration.acl
        return settings
    }
}
