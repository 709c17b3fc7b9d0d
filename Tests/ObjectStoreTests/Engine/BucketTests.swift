import Foundation
import NIOCore
import Testing

@testable import ObjectStore

@Suite("Buckets of the engine")
struct BucketTests {
    private static let made = "made-later" as BucketName

    private func put(_ store: ObjectStore, _ key: ObjectKey, in bucket: BucketName) async throws {
        try await store.withUpload(to: key, in: bucket, plan: UploadPlan()) { upload in
            try await upload.write(.init(bytes: [1, 2, 3]))
            _ = try await upload.commit()
        }
    }

    @Test("a bucket is made once, takes objects and is there after opening again")
    func make() async throws {
        try await TemporaryFolder.with { directory in
            do {
                let store = try await TestStore.open(directory).store
                #expect(!store.hasBucket(Self.made))
                #expect(try await store.createBucket(Self.made))
                #expect(try await store.createBucket(Self.made) == false)
                #expect(store.buckets == [TestStore.bucket, Self.made])
                try await put(store, "a/b", in: Self.made)
            }
            let again = try await TestStore.open(directory).store
            #expect(again.buckets == [TestStore.bucket, Self.made])
            #expect(try await again.head("a/b", in: Self.made)?.byteCount == 3)
        }
    }

    @Test("a bucket is deleted when it is empty, with empty folders and settings, and is gone after opening again")
    func remove() async throws {
        try await TemporaryFolder.with { directory in
            do {
                let test = try await TestStore.open(directory)
                _ = try await test.store.createBucket(Self.made)
                try await test.store.setCORS(.anyOrigin, of: Self.made)
                try await put(test.store, "a/b", in: Self.made)
                await #expect(throws: ObjectStoreError.bucketNotEmpty(Self.made)) {
                    try await test.store.deleteBucket(Self.made)
                }
                _ = try await test.store.delete("a/b", in: Self.made)
                let leftover = directory.appendingPathComponent("buckets/made-later/x/y/z")
                try FileManager.default.createDirectory(at: leftover, withIntermediateDirectories: true)
                try await test.store.deleteBucket(Self.made)
                #expect(test.store.buckets == [TestStore.bucket])
                #expect(try test.temporaryNames() == [])
                await #expect(throws: ObjectStoreError.noSuchBucket(Self.made)) {
                    try await test.store.deleteBucket(Self.made)
                }
                await #expect(throws: ObjectStoreError.noSuchBucket(Self.made)) {
                    try await put(test.store, "a", in: Self.made)
                }
            }
            #expect(try await TestStore.open(directory).store.buckets == [TestStore.bucket])
        }
    }

    @Test("a damaged object keeps its bucket: nothing is deleted that somebody could still want")
    func damagedKeeps() async throws {
        try await TestStore.with { test in
            _ = try await test.store.createBucket(Self.made)
            let file = test.directory.appendingPathComponent("buckets/made-later/a.o")
            try Data("damaged".utf8).write(to: file)
            await #expect(throws: ObjectStoreError.bucketNotEmpty(Self.made)) {
                try await test.store.deleteBucket(Self.made)
            }
        }
    }

    @Test("a bucket of the configuration stays")
    func configuredStays() async throws {
        try await TestStore.with { test in
            await #expect(throws: ObjectStoreError.bucketInUse(TestStore.bucket)) {
                try await test.store.deleteBucket(TestStore.bucket)
            }
            #expect(test.store.hasBucket(TestStore.bucket))
        }
    }

    @Test("a bucket that is made again is empty and has no settings of the old one")
    func madeAgain() async throws {
        try await TestStore.with { test in
            _ = try await test.store.createBucket(Self.made)
            try await test.store.setCORS(.anyOrigin, of: Self.made)
            try await test.store.deleteBucket(Self.made)
            _ = try await test.store.createBucket(Self.made)
            #expect(test.store.cors(of: Self.made) == nil)
            try await put(test.store, "deep/er/a", in: Self.made)
            #expect(try await test.store.head("deep/er/a", in: Self.made) != nil)
        }
    }

    @Test("a write that ends while its bucket is deleted is either kept with its bucket or refused", arguments: 0..<20)
    func race(round: Int) async throws {
        try await TestStore.with { test in
            _ = try await test.store.createBucket(Self.made)
            async let written = Result { try await put(test.store, "incoming/a", in: Self.made) }
            async let deleted = Result { try await test.store.deleteBucket(Self.made) }
            let (write, delete) = await (written, deleted)
            switch (write, delete) {
            case (.success, .failure(let error)):
                #expect(error as? ObjectStoreError == .bucketNotEmpty(Self.made))
                #expect(try await test.store.head("incoming/a", in: Self.made) != nil)
            case (.failure(let error), .success):
                #expect(error as? ObjectStoreError == .noSuchBucket(Self.made))
                #expect(!test.store.hasBucket(Self.made))
            default:
                Issue.record("write: \(write), delete: \(delete)")
            }
            #expect(try test.temporaryNames() == [])
        }
    }

    @Test("of many who make one bucket exactly one made it")
    func makeRace() async throws {
        try await TestStore.with { test in
            let made = try await withThrowingTaskGroup(of: Bool.self) { group in
                for _ in 0..<8 { group.addTask { try await test.store.createBucket(Self.made) } }
                return try await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
            }
            #expect(made == 1)
        }
    }

    @Test("what a crash left of a deleted bucket is removed, and a file beside the buckets is no bucket")
    func afterCrash() async throws {
        try await TemporaryFolder.with { directory in
            do { _ = try await TestStore.open(directory) }
            let grave = directory.appendingPathComponent("tmp/0123/a/b")
            try FileManager.default.createDirectory(at: grave, withIntermediateDirectories: true)
            try Data([1]).write(to: grave.appendingPathComponent("c.o"))
            try Data([1]).write(to: directory.appendingPathComponent("buckets/a-file"))
            let again = try await TestStore.open(directory)
            #expect(try again.temporaryNames() == [])
            #expect(again.store.buckets == [TestStore.bucket])
        }
    }
}

extension Result where Failure == any Error {
    /// What came of some work.
    fileprivate init(_ work: sending () async throws -> Success) async {
        do { self = .success(try await work()) } catch { self = .failure(error) }
    }
}
