import GalleryCore
import GalleryDisk
import Logging
import NIOPosix
import ObjectStore
import SigV4

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The hosting that needs nothing else: the object store in this process.
extension Server {
    private static let bucketName = "imgn"
    /// First parts of the gallery's own addresses, which no bucket that a client makes may hide.
    private static let reservedBucketNames: Set<String> = [
        "api", "gallery", "healthz", "hooks", "images", "metrics", "openapi.yaml", "readyz", "renditions", "upload",
    ]

    /// Opens the store, and puts S3's protocol before it.
    ///
    /// - Parameters:
    ///   - keys: The store's keys.
    ///   - signals: Told of each upload that arrives.
    /// - Returns: The gallery's storage on it.
    /// - Throws: `StartFailure.store`.
    func embeddedStore(_ keys: Credentials, _ signals: IngestSignals) async throws(StartFailure) -> Place {
        guard let bucket = BucketName(rawValue: Self.bucketName) else { throw .store(reason: "bad bucket name") }
        let store = try await open(bucket, signals)
        let signer = Signer(credentials: keys, region: StoreCredentials.region)
        let front = ObjectStoreFront(
            store: store,
            verifier: Verifier(region: StoreCredentials.region) { $0 == keys.accessKeyID ? keys : nil },
            configuration: ObjectStoreFront.Configuration(
                region: StoreCredentials.region,
                reservedBucketNames: Self.reservedBucketNames
            ),
            now: { SigningDate(secondsSince1970: Int64(Date().timeIntervalSince1970)) }
        )
        return Place(
            storage: DiskImageStorage(store: store, bucket: bucket, signer: signer, now: { Date() }),
            store: ObjectStoreMiddleware(front)
        )
    }

    private func open(_ bucket: BucketName, _ signals: IngestSignals) async throws(StartFailure) -> ObjectStore {
        let settings = ObjectStore.Configuration(
            directory: configuration.dataFolder + "/store",
            buckets: [bucket],
            keepFreeBytes: configuration.keepFree,
            onObjectCreated: { _, key in
                if let id = key.incomingID { signals.uploadArrived(id) }
            }
        )
        do {
            return try await ObjectStore.open(settings, pool: .singleton, logger: logger)
        } catch {
            throw .store(reason: "\(error)")
        }
    }
}
