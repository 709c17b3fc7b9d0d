import Foundation
import NIOCore
import Testing

@testable import ObjectStore

@Suite("Completing an upload")
struct CompletionTests {
    private static let bodies: [[UInt8]] = [[1, 1, 1, 1], [2, 2, 2, 2], [3]]

    /// Expects that a completion is refused and changes nothing.
    private func expectRefusal(
        _ expected: ObjectStoreError,
        bodies: [[UInt8]] = Self.bodies,
        _ change: (inout [CompletedPart]) -> Void
    ) async throws {
        try await TestStore.with { test in
            let (upload, parts) = try await test.upload("a", bodies)
            var listed = parts
            change(&listed)
            await #expect(throws: expected) { try await test.store.completeMultipart(upload, parts: listed) }
            try await test.expectNothing(at: "a")
            _ = try await test.store.completeMultipart(upload, parts: parts.suffix(1))
            #expect(try await test.body(of: "a") == bodies.last)
        }
    }

    @Test("a list that does not ascend is refused")
    func order() async throws {
        try await expectRefusal(.invalidPartOrder) { $0.swapAt(0, 1) }
        try await expectRefusal(.invalidPartOrder) { $0.insert($0[0], at: 0) }
    }

    @Test("a list that names a part that is not there, or another one, is refused")
    func invalid() async throws {
        try await expectRefusal(.invalidPart(number: 4)) { $0.append(CompletedPart(number: 4, etag: $0[0].etag)) }
        try await expectRefusal(.invalidPart(number: 2)) { $0[1].etag = $0[0].etag }
        try await expectRefusal(.invalidPart(number: 3)) { $0[2].etag = "" }
        try await expectRefusal(.invalidPart(number: 0)) { $0.insert(CompletedPart(number: 0, etag: ""), at: 0) }
        try await expectRefusal(.invalidPart(number: 1)) { $0 = [] }
        try await expectRefusal(.invalidPart(number: 2)) {
            $0[1].checksum = Checksum(algorithm: .crc32, bytes: [0, 0, 0, 0])
        }
    }

    @Test("a part before the last that is too short is refused, and named")
    func tooSmall() async throws {
        try await TestStore.with { test in
            let (upload, parts) = try await test.upload("a", [[1, 1, 1, 1], [2, 2, 2], [3]])
            let small = try await test.store.parts(of: upload, after: 1, limit: 1).parts[0]
            await #expect(throws: ObjectStoreError.partTooSmall(small, minimum: 4)) {
                try await test.store.completeMultipart(upload, parts: parts)
            }
            try await test.expectNothing(at: "a")
            #expect(try await test.uploads() == [upload.id])
        }
    }

    @Test("a tag counts in upper case too")
    func upperCase() async throws {
        try await TestStore.with { test in
            var (upload, parts) = try await test.upload("a", Self.bodies)
            parts[0].etag = parts[0].etag.uppercased()
            let info = try await test.store.completeMultipart(upload, parts: parts)
            #expect(try await test.store.completeMultipart(upload, parts: parts) == info)
        }
    }

    @Test("an object that would not be what is expected is refused")
    func expectations() async throws {
        try await TestStore.with { test in
            let plan = MultipartPlan(checksumAlgorithm: .crc32, checksumType: .fullObject)
            let (upload, parts) = try await test.upload("a", Self.bodies, plan: plan)
            let right = MultipartTests.checksum(.crc32, Array(Self.bodies.joined()))
            let wrong = MultipartTests.checksum(.crc32, [1])
            await #expect(throws: ObjectStoreError.incompleteBody(expected: 8, got: 9)) {
                try await test.store.completeMultipart(upload, parts: parts, expecting: .init(byteCount: 8))
            }
            let mismatch = DigestMismatch(kind: .checksum(.crc32), computed: try #require(right).bytes)
            await #expect(throws: ObjectStoreError.badDigest(mismatch)) {
                try await test.store.completeMultipart(upload, parts: parts, expecting: .init(checksum: wrong))
            }
            try await test.expectNothing(at: "a")
            let expectation = MultipartExpectation(checksum: right, byteCount: 9)
            let info = try await test.store.completeMultipart(upload, parts: parts, expecting: expectation)
            #expect(info.checksum == right)
        }
    }

    @Test("conditions hold at the end, and an upload that failed one can be completed without")
    func conditions() async throws {
        try await TestStore.with { test in
            let (upload, parts) = try await test.upload("a", Self.bodies)
            let old = try await test.put("a", [9])
            for condition in [.ifAbsent, .ifMatch(etag: "other")] as [WriteCondition] {
                await #expect(throws: ObjectStoreError.preconditionFailed) {
                    try await test.store.completeMultipart(upload, parts: parts, condition: condition)
                }
                #expect(try await test.body(of: "a") == [9])
                #expect(try test.temporaryNames() == [])
            }
            let match = WriteCondition.ifMatch(etag: old.etag)
            _ = try await test.store.completeMultipart(upload, parts: parts, condition: match)
            #expect(try await test.body(of: "a") == Array(Self.bodies.joined()))
        }
    }

    @Test("the same completion again gives the same object, whatever its condition, and creates nothing")
    func repeated() async throws {
        try await TestStore.with { test in
            let (upload, parts) = try await test.upload("a", Self.bodies)
            let info = try await test.store.completeMultipart(upload, parts: parts, condition: .ifAbsent)
            for condition in [.always, .ifAbsent, .ifMatch(etag: "x")] as [WriteCondition] {
                #expect(try await test.store.completeMultipart(upload, parts: parts, condition: condition) == info)
            }
            #expect(test.created.values.count == 1)
        }
    }

    @Test("another list for a completed upload is NoSuchUpload, and so is the same one once the object changed")
    func notRepeated() async throws {
        try await TestStore.with { test in
            let (upload, parts) = try await test.upload("a", Self.bodies)
            _ = try await test.store.completeMultipart(upload, parts: parts)
            let none = ObjectStoreError.noSuchUpload(upload.id)
            await #expect(throws: none) { try await test.store.completeMultipart(upload, parts: parts.dropLast()) }
            await #expect(throws: none) { try await test.store.completeMultipart(upload, parts: []) }
            #expect(try await test.store.abortMultipart(upload) == false)
            try await test.put("a", [9])
            await #expect(throws: none) { try await test.store.completeMultipart(upload, parts: parts) }
            #expect(try await test.body(of: "a") == [9])
        }
    }

    @Test("a copy keeps parts and tag, but is not what the upload became")
    func copy() async throws {
        try await TestStore.with { test in
            let (upload, parts) = try await test.upload("a", Self.bodies)
            let info = try await test.store.completeMultipart(upload, parts: parts)
            let bucket = TestStore.bucket
            let metadata = ObjectMetadata(contentType: "x/y")
            let copy = try await test.store.copy(from: "a", in: bucket, to: "a", in: bucket, metadata: metadata)
            #expect(copy?.etag == info.etag)
            #expect(copy?.parts?.byteCounts == [4, 4, 1])
            await #expect(throws: ObjectStoreError.noSuchUpload(upload.id)) {
                try await test.store.completeMultipart(upload, parts: parts)
            }
        }
    }

    @Test("a damaged part counts as missing, and a damaged object under the key is replaced")
    func damaged() async throws {
        try await TestStore.with { test in
            try await test.put("a", [9])
            let (upload, parts) = try await test.upload("a", Self.bodies)
            try damage(test.file(of: "a"))
            let folder = test.directory.appendingPathComponent("uploads/imgn/\(upload.id)")
            try damage(folder.appendingPathComponent("00002"))
            #expect(try await test.store.parts(of: upload).parts.map(\.number) == [1, 3])
            await #expect(throws: ObjectStoreError.invalidPart(number: 2)) {
                try await test.store.completeMultipart(upload, parts: parts)
            }
            try await test.send(2, Self.bodies[1], to: upload)
            _ = try await test.store.completeMultipart(upload, parts: parts)
            #expect(try await test.body(of: "a") == Array(Self.bodies.joined()))
        }
    }

    @Test("ten thousand parts are joined")
    func tenThousand() async throws {
        try await TestStore.with(minimumPartByteCount: 0) { test in
            let upload = try await test.start("a", plan: MultipartPlan(checksumAlgorithm: .crc32))
            let part = try await test.send(1, [7], to: upload)
            let folder = test.directory.appendingPathComponent("uploads/imgn/\(upload.id)")
            let names = (2...10_000).map { String(String(100_000 + $0).dropFirst()) }
            for name in names { try link(folder.appendingPathComponent("00001"), folder.appendingPathComponent(name)) }
            let parts = (1...10_000).map { CompletedPart(number: $0, etag: part.etag) }
            let info = try await test.store.completeMultipart(upload, parts: parts)
            #expect(info.byteCount == 10_000)
            #expect(info.etag.hasSuffix("-10000"))
            #expect(try await test.head("a")?.parts?.checksums.count == 10_000)
        }
    }

    @Test(
        "without room for the object nothing is joined, and the upload stays",
        .enabled("a disk of a few megabytes can be mounted only by the administrator") { await SmallDisk.isAvailable }
    )
    func noSpace() async throws {
        try await SmallDisk.with(byteCount: 4 << 20) { disk in
            try await TestStore.with(in: disk) { test in
                let (upload, parts) = try await test.upload(
                    "a",
                    [UploadTests.bytes(2 << 20), UploadTests.bytes(1 << 20)]
                )
                await #expect(throws: ObjectStoreError.noSpace) {
                    try await test.store.completeMultipart(upload, parts: parts)
                }
                try await test.expectNothing(at: "a")
                #expect(try await test.store.parts(of: upload).parts.count == 2)
                #expect(try await test.store.abortMultipart(upload))
                try await test.put("a", UploadTests.bytes(3 << 20))
            }
        }
    }
}

private func damage(_ file: URL) throws {
    try Data("damaged".utf8).write(to: file)
}

private func link(_ file: URL, _ other: URL) throws {
    try FileManager.default.linkItem(at: file, to: other)
}
