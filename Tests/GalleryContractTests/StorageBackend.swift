import Foundation
import GalleryCore
import GalleryDisk
import GalleryTesting
import Logging
import NIOCore
import NIOPosix
import ObjectStore
import SigV4

/// Every storage there is.
///
/// To add one: add a case, and make the contract green.
enum StorageBackend: CaseIterable, Sendable {
    case memory
    case disk
    /// S3 as our own object store speaks it.
    case s3
    /// S3 as the store speaks it that `IMGN_TEST_S3` names.
    case otherS3

    static var allCases: [StorageBackend] {
        [.memory, .disk, .s3] + (S3Bench.otherStore == nil ? [] : [.otherS3])
    }

    /// A storage on the bench: with its clock, and with what a client's PUT to a part's URL does.
    struct Bench {
        let storage: any ImageStorage
        let clock: FixedClock
        let putPart: (_ bytes: [UInt8], _ number: Int, _ upload: LargeUpload) async throws -> Void
    }

    /// Runs the body with a fresh, empty storage and its clock.
    func withStorage(_ body: (any ImageStorage, FixedClock) async throws -> Void) async throws {
        try await withBench { try await body($0.storage, $0.clock) }
    }

    /// Runs the body with a fresh, empty storage, its clock, and a client's hand.
    func withBench(_ body: (Bench) async throws -> Void) async throws {
        let clock = FixedClock()
        // Stores stamp objects with the system's time; the fixed clock starts in its future.
        let ahead: @Sendable () -> Date = { Date().addingTimeInterval(clock.now.timeIntervalSince(FixedClock().now)) }
        switch self {
        case .memory:
            let storage = MemoryImageStorage(now: { clock.now })
            try await body(Bench(storage: storage, clock: clock) { storage.putPart($0, number: $1, of: $2) })
        case .disk:
            try await TemporaryFolder.with { folder in
                let bucket = try BucketName(rawValue: "imgn").unwrapped()
                let store = try await ObjectStore.open(
                    ObjectStore.Configuration(directory: folder, buckets: [bucket], keepFreeBytes: 0),
                    pool: .singleton,
                    logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })
                )
                let keys = Credentials(accessKeyID: "ID", secretAccessKey: Secret("secret"))
                let signer = Signer(credentials: keys, region: "us-east-1")
                let storage = DiskImageStorage(store: store, bucket: bucket, signer: signer, now: ahead)
                let bench = Bench(storage: storage, clock: clock) { bytes, number, upload in
                    let id = try MultipartUploadID(rawValue: upload.storageID).unwrapped()
                    let key = try ObjectKey(rawValue: "incoming/\(upload.id)").unwrapped()
                    let target = MultipartUpload(bucket: bucket, key: key, id: id)
                    let plan = UploadPlan(metadata: ObjectMetadata())
                    try await store.withPart(number, of: target, plan: plan) { part in
                        try await part.write(ByteBuffer(bytes: bytes))
                        _ = try await part.commit(UploadCommit())
                    }
                }
                try await body(bench)
            }
        case .s3:
            try await S3Bench.own { try await body($0.bench(clock, now: ahead)) }
        case .otherS3:
            try await S3Bench.other { try await body($0.bench(clock, now: ahead)) }
        }
    }
}

extension S3Bench {
    /// The storage on this store, with its clock and a client's hand.
    fileprivate func bench(
        _ clock: FixedClock,
        now: @escaping @Sendable () -> Date
    ) async throws -> StorageBackend.Bench {
        let storage = try await storage(now: now)
        return StorageBackend.Bench(storage: storage, clock: clock) { try await putPart($0, $1, $2, storage) }
    }
}

extension ImageStorage {
    /// Stores the bytes as an upload, in pieces.
    func receive(_ id: ImageID, _ bytes: [UInt8], name: String = "", limit: Int64 = 1 << 20) async throws {
        try await receive(id, name: FileName(name), limit: limit) { write in
            for start in stride(from: 0, to: bytes.count, by: 1000) {
                try await write(ByteBuffer(bytes: bytes[start..<min(start + 1000, bytes.count)]))
            }
        }
    }

    /// Publishes bytes in one piece.
    func publish(_ file: PublishedFile, _ bytes: [UInt8]) async throws {
        try await publish(file) { write in try await write(ByteBuffer(bytes: bytes)) }
    }

    /// The public bytes, or `nil`.
    func publishedBytes(_ file: PublishedFile) async throws -> [UInt8]? {
        guard let object = try await published(file) else { return nil }
        return Array(try await object.read(0..<object.byteCount).readableBytesView)
    }
}
