import Foundation
import NIOCore
import Testing

@testable import ObjectStore

/// A crash is a copy of the folder, taken between two steps and opened as a store.
@Suite("Crashes of multipart uploads")
struct MultipartCrashTests {
    private static let bodies: [[UInt8]] = [[1, 1, 1, 1], [2, 2, 2, 2], [3]]
    private static let joined = Array(bodies.joined())

    /// What a crash at this moment leaves, opened again.
    private func afterCrash(_ test: TestStore, _ body: (TestStore) async throws -> Void) async throws {
        try await TemporaryFolder.with { parent in
            let copy = parent.appendingPathComponent("copy")
            try FileManager.default.copyItem(at: test.directory, to: copy)
            let again = try await TestStore.open(copy)
            #expect(try again.temporaryNames() == [])
            try await body(again)
        }
    }

    /// Expects that after a crash at this moment there is no object, and the upload goes on from these parts.
    private func expectResumable(_ upload: MultipartUpload, from numbers: [Int], _ test: TestStore) async throws {
        try await afterCrash(test) { again in
            #expect(try await again.head("a") == nil)
            #expect(try await again.store.parts(of: upload).parts.map(\.number) == numbers)
            for (index, body) in Self.bodies.enumerated() where !numbers.contains(index + 1) {
                try await again.send(index + 1, body, to: upload)
            }
            let parts = try await again.store.parts(of: upload).parts.map { CompletedPart($0) }
            _ = try await again.store.completeMultipart(upload, parts: parts)
            #expect(try await again.body(of: "a") == Self.joined)
            #expect(try again.uploadNames() == [])
        }
    }

    private func expectNoUpload(_ test: TestStore) async throws {
        try await afterCrash(test) { again in
            let uploads = try await again.uploads()
            #expect(uploads == [])
        }
    }

    @Test("an upload that was not whole when it was started is not there at all")
    func starting() async throws {
        try await TestStore.with { test in
            let draft = test.directory.appendingPathComponent("tmp/draft")
            try FileManager.default.createDirectory(at: draft, withIntermediateDirectories: false)
            try await expectNoUpload(test)
            try Data("half a plan".utf8).write(to: draft.appendingPathComponent("plan"))
            try await expectNoUpload(test)
            let upload = try await test.start("a")
            try await expectResumable(upload, from: [], test)
        }
    }

    @Test("between any two steps of a part it is there whole or not at all, and the upload goes on")
    func part() async throws {
        try await TestStore.with { test in
            let upload = try await test.start("a")
            try await test.send(1, Self.bodies[0], to: upload)
            let folder = test.store.folder
            let temporary = try folder.makeTemporaryFile()
            try await expectResumable(upload, from: [1], test)
            try temporary.file.write(ByteBuffer(bytes: Self.bodies[1]), at: 0)
            try await expectResumable(upload, from: [1], test)
            let digests = MultipartTests.checksum(.sha256, Self.bodies[1])
            let sent = try await test.send(3, Self.bodies[1], to: upload)
            let info = ObjectInfo(
                key: "a",
                byteCount: 4,
                etag: sent.etag,
                lastModified: 1,
                sha256: digests?.bytes
            )
            try await test.send(3, Self.bodies[2], to: upload)
            try temporary.seal(info)
            try await expectResumable(upload, from: [1, 3], test)
            try folder.publish(temporary, asPart: 2, of: upload)
            try await expectResumable(upload, from: [1, 2, 3], test)
        }
    }

    @Test("between any two steps of a completion there is the upload, or the whole object, and never neither")
    func completing() async throws {
        try await TestStore.with { test in
            let (upload, parts) = try await test.upload("a", Self.bodies)
            let folder = test.store.folder
            let temporary = try folder.makeTemporaryFile()
            let found = try folder.parts([1, 2, 3], of: upload)
            let assembly = try folder.assembly(of: upload, listing: parts, found: found, minimum: 1)
            try await expectResumable(upload, from: [1, 2, 3], test)
            try temporary.file.write(ByteBuffer(bytes: Self.joined.prefix(5)), at: 0)
            try await expectResumable(upload, from: [1, 2, 3], test)
            try temporary.file.write(ByteBuffer(bytes: Self.joined), at: 0)
            try temporary.seal(assembly.info(lastModified: 5))
            try await expectResumable(upload, from: [1, 2, 3], test)

            let target = UploadTarget(bucket: TestStore.bucket, key: "a", condition: .ifAbsent)
            let placement = try folder.place(temporary, as: target)
            try await expectCompleted(upload, parts, test)
            try folder.settle(placement)
            try await expectCompleted(upload, parts, test)
        }
    }

    /// Expects that after a crash at this moment the object is there, the upload too, and that repeating the completion
    /// or ending the upload is all that is left to do.
    private func expectCompleted(
        _ upload: MultipartUpload,
        _ parts: [CompletedPart],
        _ test: TestStore
    ) async throws {
        try await afterCrash(test) { again in
            #expect(try await again.body(of: "a") == Self.joined)
            #expect(try await again.uploads() == [upload.id])
            let info = try await again.store.completeMultipart(upload, parts: parts, condition: .ifAbsent)
            #expect(try await again.head("a") == info)
            #expect(try await again.uploads() == [])
            #expect(try again.uploadNames() == [])
        }
        try await afterCrash(test) { again in
            let isAborted = try await again.store.abortMultipart(upload)
            #expect(isAborted)
            #expect(try await again.body(of: "a") == Self.joined)
        }
    }

    @Test("an upload whose end was begun is gone after a crash, with everything that is left of it")
    func ending() async throws {
        try await TestStore.with { test in
            let (upload, _) = try await test.upload("a", Self.bodies)
            let moved = test.directory.appendingPathComponent("tmp/gone")
            let folder = test.directory.appendingPathComponent("uploads/imgn/\(upload.id)")
            try FileManager.default.moveItem(at: folder, to: moved)
            try await expectNoUpload(test)
            try FileManager.default.removeItem(at: moved.appendingPathComponent("plan"))
            try await expectNoUpload(test)
            try FileManager.default.moveItem(at: moved, to: test.directory.appendingPathComponent("tmp/gone2"))
            try FileManager.default.createDirectory(at: moved, withIntermediateDirectories: false)
            let inner = moved.appendingPathComponent(upload.id.rawValue)
            try FileManager.default.moveItem(at: test.directory.appendingPathComponent("tmp/gone2"), to: inner)
            try await expectNoUpload(test)
        }
    }

    @Test("a crash in the middle of removing a bucket does not keep its uploads for a later one of its name")
    func bucketRemoval() async throws {
        try await TestStore.with { test in
            let bucket: BucketName = "other"
            #expect(try await test.store.createBucket(bucket))
            let upload = try await test.store.createMultipart(to: "a", in: bucket)
            let folder = test.directory.appendingPathComponent("buckets/other")
            try FileManager.default.moveItem(at: folder, to: test.directory.appendingPathComponent("tmp/grave"))
            try await afterCrash(test) { again in
                let isNew = try await again.store.createBucket(bucket)
                #expect(isNew)
                #expect(try await again.store.multipartUploads(in: bucket).uploads == [])
                #expect(try await again.store.abortMultipart(upload) == false)
            }
        }
    }

    @Test("an upload without a readable plan is no upload, and the sweep removes it")
    func damagedPlan() async throws {
        try await TestStore.with { test in
            let upload = try await test.start("a")
            let plan = test.directory.appendingPathComponent("uploads/imgn/\(upload.id)/plan")
            let whole = try Data(contentsOf: plan)
            for count in stride(from: 0, to: whole.count, by: 7) {
                try whole.prefix(count).write(to: plan)
                #expect(try await test.uploads() == [])
                #expect(try await test.store.abortMultipart(upload) == false)
                await #expect(throws: ObjectStoreError.noSuchUpload(upload.id)) {
                    try await test.send(1, [1], to: upload)
                }
            }
            #expect(try await test.store.sweepMultiparts(startedBefore: .max) == 1)
            #expect(try test.uploadNames() == [])
        }
    }
}
