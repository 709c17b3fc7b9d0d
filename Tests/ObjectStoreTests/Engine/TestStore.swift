import Foundation
import Logging
import NIOCore
import NIOPosix
import Testing

@testable import ObjectStore

/// A store on a folder of its own, for one test.
struct TestStore {
    /// The one bucket of the store.
    static let bucket = "imgn" as BucketName

    /// The store.
    let store: ObjectStore
    /// Its folder.
    let directory: URL
    /// The keys that the store said were created.
    let created: Recorder<ObjectKey>

    /// Opens a store on an empty folder, whose parts need four bytes only, and removes it after `body`.
    ///
    /// The time is 1000 ms at first and one second later each time the store asks.
    @discardableResult
    static func with<Result>(
        keepFreeBytes: Int64 = 0,
        minimumPartByteCount: Int64 = 4,
        in parent: URL = TemporaryFolder.parent,
        _ body: (TestStore) async throws -> Result
    ) async throws -> Result {
        try await TemporaryFolder.with(in: parent) { directory in
            try await body(
                try await open(directory, keepFreeBytes: keepFreeBytes, minimumPartByteCount: minimumPartByteCount)
            )
        }
    }

    /// Opens a store on a folder.
    static func open(
        _ directory: URL,
        keepFreeBytes: Int64 = 0,
        minimumPartByteCount: Int64 = 4
    ) async throws -> TestStore {
        let created = Recorder<ObjectKey>()
        let clock = SteppingClock()
        let configuration = ObjectStore.Configuration(
            directory: directory.path,
            buckets: [bucket],
            keepFreeBytes: keepFreeBytes,
            minimumPartByteCount: minimumPartByteCount,
            onObjectCreated: { _, key in created.append(key) },
            now: { clock.next() }
        )
        let logger = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })
        let store = try await ObjectStore.open(configuration, pool: .singleton, logger: logger)
        return TestStore(store: store, directory: directory, created: created)
    }

    /// Writes an object in buffers of at most `step` bytes.
    @discardableResult
    func put(
        _ key: ObjectKey,
        _ body: [UInt8] = [1, 2, 3],
        plan: UploadPlan = UploadPlan(),
        commit: UploadCommit = UploadCommit(),
        step: Int = 65536
    ) async throws -> ObjectInfo {
        try await store.withUpload(to: key, in: Self.bucket, plan: plan) { upload in
            for start in stride(from: 0, to: body.count, by: step) {
                try await upload.write(ByteBuffer(bytes: body[start..<min(start + step, body.count)]))
            }
            return try await upload.commit(commit)
        }
    }

    /// The whole body of an object; `nil` when it is not there.
    func body(of key: ObjectKey) async throws -> [UInt8]? {
        try await store.withObject(key, in: Self.bucket) { reader in
            Array(try await reader.read(0..<reader.info.byteCount).readableBytesView)
        }
    }

    /// What is known of an object; `nil` when it is not there.
    func head(_ key: ObjectKey) async throws -> ObjectInfo? {
        try await store.head(key, in: Self.bucket)
    }

    /// All keys, in the order in which they are listed.
    func keys() async throws -> [ObjectKey] {
        try await store.list(ListQuery(limit: 10_000), in: Self.bucket).entries.compactMap { entry in
            guard case .object(let info) = entry else { return nil }
            return info.key
        }
    }

    /// Expects that there is no object of that key, and no write under way.
    func expectNothing(at key: ObjectKey) async throws {
        #expect(try await head(key) == nil)
        #expect(try temporaryNames() == [])
    }

    /// Where the file of an object is.
    func file(of key: ObjectKey) -> URL {
        let path = ObjectPath(key)
        let folder = path.folders.reduce(bucketFolder) { $0.appendingPathComponent($1) }
        return folder.appendingPathComponent(path.file)
    }

    /// The folder of the bucket.
    var bucketFolder: URL {
        directory.appendingPathComponent("buckets").appendingPathComponent(Self.bucket.rawValue)
    }

    /// The names of the files of writes under way.
    func temporaryNames() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: directory.appendingPathComponent("tmp").path)
    }
}
