import Crypto
import Foundation
import NIOCore
import Testing

@testable import ObjectStore

@Suite("Uploads")
struct UploadTests {
    /// A body whose pieces differ: it repeats after a prime number of bytes.
    static func bytes(_ count: Int) -> [UInt8] {
        var random = SeededGenerator(seed: UInt64(count))
        let block = (0..<1021).map { _ in UInt8.random(in: 0...255, using: &random) }
        var bytes: [UInt8] = []
        while bytes.count < count { bytes += block }
        return Array(bytes.prefix(count))
    }

    @Test(
        "a body of any length, in buffers of any length, comes back byte for byte",
        arguments: [0, 1, 131_071, 131_072, 131_073, 262_144, 800_000],
        [1000, 65536, 300_000]
    )
    func roundTrip(_ count: Int, _ step: Int) async throws {
        try await TestStore.with { test in
            let body = Self.bytes(count)
            var metadata = ObjectMetadata(contentType: "image/png", user: ["camera": "x"])
            metadata.cacheControl = "no-store"
            let plan = UploadPlan(metadata: metadata, byteCount: Int64(count))
            let info = try await test.put("a/b", body, plan: plan, step: step)
            #expect(info.byteCount == Int64(count))
            #expect(info.sha256 == Array(SHA256.hash(data: body)))
            #expect(info.etag == hexadecimal(Insecure.MD5.hash(data: body)))
            #expect(info.metadata == metadata)
            #expect(info.lastModified == 1000)
            #expect(info.checksum == nil)
            #expect(try await test.head("a/b") == info)
            #expect(try await test.body(of: "a/b") == body)
            #expect(try test.temporaryNames() == [])
            #expect(test.created.values == ["a/b"])
        }
    }

    @Test("the last writer wins, and a reader keeps the object that it opened")
    func overwrite() async throws {
        try await TestStore.with { test in
            try await test.put("a", [1, 1])
            try await test.store.withObject("a", in: TestStore.bucket) { reader in
                try await test.put("a", [2, 2, 2])
                #expect(try await reader.read(0..<10).readableBytesView.elementsEqual([1, 1]))
                #expect(try await test.store.delete("a", in: TestStore.bucket))
                #expect(try await reader.read(1..<2).readableBytesView.elementsEqual([1]))
            }
            #expect(try await test.body(of: "a") == nil)
        }
    }

    @Test("without MD5 the entity tag is no MD5 and says so by a dash")
    func entityTagWithoutMD5() async throws {
        try await TestStore.with { test in
            let info = try await test.put("a", [1], plan: UploadPlan(computesMD5: false))
            #expect(info.etag == hexadecimal(try #require(info.sha256).prefix(16)) + "-1")
        }
    }

    @Test("a checksum that was sent is verified and kept", arguments: ChecksumAlgorithm.allCases)
    func checksum(_ algorithm: ChecksumAlgorithm) async throws {
        try await TestStore.with { test in
            let body = Self.bytes(300_000)
            var digests = BodyDigests(computesMD5: false, checksum: algorithm)
            digests.update(ByteBuffer(bytes: body))
            let commit = UploadCommit(expectedChecksum: digests.checksum(algorithm))
            let plan = UploadPlan(computesMD5: false, checksum: algorithm)
            let info = try await test.put("a", body, plan: plan, commit: commit)
            #expect(info.checksum == digests.checksum(algorithm))
            #expect(try await test.head("a")?.checksum == info.checksum)
        }
    }

    @Test("a right announcement of every kind is accepted")
    func rightDigests() async throws {
        try await TestStore.with { test in
            let body = Self.bytes(10)
            let commit = UploadCommit(
                expectedMD5: Array(Insecure.MD5.hash(data: body)),
                expectedSHA256: Array(SHA256.hash(data: body))
            )
            try await test.put("a", body, commit: commit)
            #expect(try await test.body(of: "a") == body)
        }
    }

    @Test("a wrong announcement is refused with what the body has, and nothing is stored", arguments: [0, 300_000])
    func wrongDigests(_ count: Int) async throws {
        try await TestStore.with { test in
            let body = Self.bytes(count)
            let zeros = [UInt8](repeating: 0, count: 32)
            let sha256 = Array(SHA256.hash(data: body))
            let md5 = Array(Insecure.MD5.hash(data: body))
            let wrong: [(UploadCommit, DigestMismatch)] = [
                (UploadCommit(expectedSHA256: zeros), DigestMismatch(kind: .payloadHash, computed: sha256)),
                (UploadCommit(expectedMD5: [1]), DigestMismatch(kind: .contentMD5, computed: md5)),
                (
                    UploadCommit(expectedChecksum: Checksum(algorithm: .sha256, bytes: zeros)),
                    DigestMismatch(kind: .checksum(.sha256), computed: sha256)
                ),
                (
                    UploadCommit(expectedChecksum: Checksum(algorithm: .crc32, bytes: [1, 2, 3, 4])),
                    DigestMismatch(kind: .checksum(.crc32), computed: [])
                ),
            ]
            for (commit, mismatch) in wrong {
                await #expect(throws: ObjectStoreError.badDigest(mismatch)) {
                    try await test.put("a", body, commit: commit)
                }
            }
            try await test.expectNothing(at: "a")
            #expect(test.created.values == [])
        }
    }

    @Test("an MD5 that the plan left out never matches")
    func md5NotComputed() async throws {
        try await TestStore.with { test in
            let mismatch = DigestMismatch(kind: .contentMD5, computed: [])
            await #expect(throws: ObjectStoreError.badDigest(mismatch)) {
                let commit = UploadCommit(expectedMD5: Array(Insecure.MD5.hash(data: [UInt8(1)])))
                try await test.put("a", [1], plan: UploadPlan(computesMD5: false), commit: commit)
            }
        }
    }

    @Test("a failed write leaves the old object")
    func keepsOld() async throws {
        try await TestStore.with { test in
            try await test.put("a", [1])
            await #expect(throws: ObjectStoreError.self) {
                try await test.put("a", [2], commit: UploadCommit(expectedSHA256: []))
            }
            #expect(try await test.body(of: "a") == [1])
        }
    }

    @Test("fewer bytes than declared are refused", arguments: [0, 1, 300_000])
    func short(_ count: Int) async throws {
        try await TestStore.with { test in
            let declared = Int64(count + 1)
            await #expect(throws: ObjectStoreError.incompleteBody(expected: declared, got: Int64(count))) {
                try await test.put("a", Self.bytes(count), plan: UploadPlan(byteCount: declared))
            }
            try await test.expectNothing(at: "a")
        }
    }

    @Test("more bytes than declared are refused as soon as they come", arguments: [0, 10, 300_000])
    func long(_ declared: Int) async throws {
        try await TestStore.with { test in
            try await test.store.withUpload(
                to: "a",
                in: TestStore.bucket,
                plan: UploadPlan(byteCount: Int64(declared))
            ) { upload in
                try await upload.write(ByteBuffer(bytes: Self.bytes(declared)))
                let expected = ObjectStoreError.incompleteBody(expected: Int64(declared), got: Int64(declared + 1))
                do {
                    try await upload.write(ByteBuffer(bytes: [0]))
                    Issue.record("the byte too many was taken")
                } catch {
                    #expect(error as? ObjectStoreError == expected)
                }
            }
            try await test.expectNothing(at: "a")
        }
    }

    @Test("a write that is not committed leaves nothing, and an error of the writer is passed on")
    func uncommitted() async throws {
        struct Stopped: Error {}
        try await TestStore.with { test in
            let answer = try await test.store.withUpload(to: "a", in: TestStore.bucket, plan: UploadPlan()) { upload in
                try await upload.write(ByteBuffer(bytes: Self.bytes(600_000)))
                #expect(try test.temporaryNames().count == 1)
                return upload.byteCount
            }
            #expect(answer == 600_000)
            await #expect(throws: Stopped.self) {
                try await test.store.withUpload(to: "a", in: TestStore.bucket, plan: UploadPlan()) { upload in
                    try await upload.write(ByteBuffer(bytes: Self.bytes(600_000)))
                    throw Stopped()
                }
            }
            try await test.expectNothing(at: "a")
        }
    }

    @Test("a cancelled write stops at its next step and leaves nothing")
    func cancelled() async throws {
        try await TestStore.with { test in
            await withTaskGroup(of: Void.self) { group in
                let (began, begin) = AsyncStream.makeStream(of: Void.self)
                group.addTask {
                    await #expect(throws: CancellationError.self) {
                        try await test.store.withUpload(to: "a", in: TestStore.bucket, plan: UploadPlan()) { upload in
                            try await upload.write(ByteBuffer(bytes: Self.bytes(600_000)))
                            begin.finish()
                            while true { try await upload.write(ByteBuffer(bytes: [1])) }
                        }
                    }
                }
                for await _ in began {}
                group.cancelAll()
            }
            try await test.expectNothing(at: "a")
        }
    }

    @Test("a write that is cancelled before its end is not committed")
    func cancelledBeforeCommit() async throws {
        try await TestStore.with { test in
            await withTaskGroup(of: Void.self) { group in
                group.cancelAll()
                group.addTask {
                    await #expect(throws: CancellationError.self) { try await test.put("a", []) }
                }
            }
            try await test.expectNothing(at: "a")
        }
    }

    @Test("committing twice is a mistake of the caller")
    func commitTwice() async throws {
        try await TemporaryFolder.with { folder in
            await #expect(processExitsWith: .failure) { [path = folder.path as String] in
                let test = try await TestStore.open(URL(fileURLWithPath: path))
                try await test.store.withUpload(to: "a", in: TestStore.bucket, plan: UploadPlan()) { upload in
                    _ = try await upload.commit()
                    _ = try? await upload.commit()
                }
                exit(EXIT_SUCCESS)
            }
        }
    }

    @Test("a bucket that is not there is named by every operation")
    func noSuchBucket() async throws {
        try await TestStore.with { test in
            let other: BucketName = "other"
            let error = ObjectStoreError.noSuchBucket(other)
            #expect(!test.store.hasBucket(other))
            #expect(test.store.buckets == [TestStore.bucket])
            await #expect(throws: error) { try await test.store.head("a", in: other) }
            await #expect(throws: error) { try await test.store.withObject("a", in: other) { _ in } }
            await #expect(throws: error) { try await test.store.delete("a", in: other) }
            await #expect(throws: error) { try await test.store.list(ListQuery(), in: other) }
            await #expect(throws: error) {
                try await test.store.withUpload(to: "a", in: other, plan: UploadPlan()) { _ in }
            }
            await #expect(throws: error) {
                try await test.store.copy(from: "a", in: other, to: "a", in: TestStore.bucket)
            }
            try await test.put("a")
            await #expect(throws: error) {
                try await test.store.copy(from: "a", in: TestStore.bucket, to: "a", in: other)
            }
        }
    }
}
