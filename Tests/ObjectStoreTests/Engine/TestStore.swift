import Foundation
import Logging
import NIOCore
import NIOPosix
import Synchronization
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

    /// Opens a store on an empty folder and removes it after `body`. The time stands still at 1000 ms.
    @discardableResult
    static func with<Result>(
        keepFreeBytes: Int64 = 0,
        in parent: URL = TemporaryFolder.parent,
        _ body: (TestStore) async throws -> Result
    ) async throws -> Result {
        try await TemporaryFolder.with(in: parent) { directory in
            try await body(try await open(directory, keepFreeBytes: keepFreeBytes))
        }
    }

    /// Opens a store on a folder.
    static func open(_ directory: URL, keepFreeBytes: Int64 = 0) async throws -> TestStore {
        let created = Recorder<ObjectKey>()
        let configuration = ObjectStore.Configuration(
            directory: directory.path,
            buckets: [bucket],
            keepFreeBytes: keepFreeBytes,
            onObjectCreated: { _, key in created.append(key) },
            now: { 1000 }
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

/// Folders that are gone after the test.
enum TemporaryFolder {
    /// Where they are: in memory where that is possible, for a test syncs hundreds of files.
    static var parent: URL {
        let memory = URL(fileURLWithPath: "/dev/shm", isDirectory: true)
        let hasMemory = FileManager.default.isWritableFile(atPath: memory.path)
        return hasMemory ? memory : FileManager.default.temporaryDirectory
    }

    /// Makes an empty folder for `body`.
    @discardableResult
    static func with<Result>(in parent: URL = parent, _ body: (URL) async throws -> Result) async throws -> Result {
        let folder = parent.appendingPathComponent("imgn-engine-\(UUID().uuidString)", isDirectory: true)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        return try await body(folder)
    }
}

/// Collects values from several tasks.
final class Recorder<Value: Sendable>: Sendable {
    private let recorded = Mutex<[Value]>([])

    /// Adds a value.
    func append(_ value: Value) { recorded.withLock { $0.append(value) } }

    /// All values in the order in which they came.
    var values: [Value] { recorded.withLock { $0 } }
}

/// The same numbers in every run (SplitMix64).
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    /// Starts at a seed.
    init(seed: UInt64) { state = seed }

    /// The next number.
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 31
    }
}

