import Crypto
import NIOCore
import Testing

@testable import ObjectStore

@Suite("Multipart uploads")
struct MultipartTests {
    private static let bodies: [[UInt8]] = [Array("first part, ".utf8), Array("second part, ".utf8), Array("end".utf8)]

    @Test("parts become one object with the metadata of the start, and the upload is gone")
    func roundTrip() async throws {
        try await TestStore.with { test in
            let metadata = ObjectMetadata(contentType: "image/png", user: ["name": "x"])
            let (upload, parts) = try await test.upload("a/b", Self.bodies, plan: MultipartPlan(metadata: metadata))
            #expect(try await test.head("a/b") == nil)
            #expect(test.created.values == [])
            let info = try await test.store.completeMultipart(upload, parts: parts)
            #expect(try await test.head("a/b") == info)
            #expect(try await test.body(of: "a/b") == Array(Self.bodies.joined()))
            #expect(info.metadata == metadata)
            #expect(info.lastModified > upload.id.startedAt)
            #expect(test.created.values == ["a/b"])
            #expect(try await test.uploads() == [])
            #expect(try test.uploadNames() == [])
            #expect(try test.temporaryNames() == [])
        }
    }

    @Test("the tag is the MD5 of the parts' MD5s, the digest the SHA-256 of their SHA-256s")
    func digests() async throws {
        try await TestStore.with { test in
            let (upload, parts) = try await test.upload("a", Self.bodies)
            let info = try await test.store.completeMultipart(upload, parts: parts)
            let md5 = Insecure.MD5.hash(data: Self.bodies.flatMap { Array(Insecure.MD5.hash(data: $0)) })
            #expect(info.etag == hexadecimal(Array(md5)) + "-3")
            let sha256 = SHA256.hash(data: Self.bodies.flatMap { Array(SHA256.hash(data: $0)) })
            #expect(info.parts?.sha256 == Array(sha256))
            #expect(info.parts?.byteCounts == Self.bodies.map { Int64($0.count) })
            #expect(info.sha256 == nil)
            #expect(info.checksum == nil)
        }
    }

    @Test("of one part the digest of the whole is known too")
    func onePart() async throws {
        try await TestStore.with { test in
            let (upload, parts) = try await test.upload("a", [[1]])
            let info = try await test.store.completeMultipart(upload, parts: parts)
            #expect(info.sha256 == Array(SHA256.hash(data: [1])))
            #expect(info.etag.hasSuffix("-1"))
        }
    }

    @Test("a lone empty part becomes an empty object")
    func empty() async throws {
        try await TestStore.with { test in
            let (upload, parts) = try await test.upload("a", [[]])
            let info = try await test.store.completeMultipart(upload, parts: parts)
            #expect(info.byteCount == 0)
            #expect(try await test.body(of: "a") == [])
        }
    }

    @Test("a composite checksum is that of the parts' checksums", arguments: ChecksumAlgorithm.allCases)
    func composite(_ algorithm: ChecksumAlgorithm) async throws {
        try await TestStore.with { test in
            let plan = MultipartPlan(checksumAlgorithm: algorithm, checksumType: .composite)
            let (upload, parts) = try await test.upload("a", Self.bodies, plan: plan)
            let info = try await test.store.completeMultipart(upload, parts: parts)
            guard algorithm != .crc64nvme else {
                #expect(info.checksum == nil)
                return
            }
            let each = Self.bodies.map { Self.checksum(algorithm, $0) }
            #expect(parts.map(\.checksum) == each)
            #expect(info.parts?.checksums == each.compactMap(\.self))
            #expect(info.checksum == Self.checksum(algorithm, each.flatMap { $0?.bytes ?? [] }))
            #expect(info.checksumType == .composite)
            #expect(try await test.head("a") == info)
        }
    }

    @Test(
        "a CRC of the whole object is that of its bytes, though nobody read them as a whole",
        arguments: [.crc32, .crc32c, .crc64nvme] as [ChecksumAlgorithm]
    )
    func fullObject(_ algorithm: ChecksumAlgorithm) async throws {
        try await TestStore.with { test in
            let plan = MultipartPlan(checksumAlgorithm: algorithm, checksumType: .fullObject)
            let (upload, parts) = try await test.upload("a", Self.bodies, plan: plan)
            let info = try await test.store.completeMultipart(upload, parts: parts)
            #expect(info.checksum == Self.checksum(algorithm, Array(Self.bodies.joined())))
            #expect(info.checksumType == .fullObject)
        }
    }

    @Test("parts come in any order, with gaps, twice, and those not listed are dropped")
    func anyOrder() async throws {
        try await TestStore.with { test in
            let upload = try await test.start("a")
            try await test.send(10_000, [9, 9, 9, 9], to: upload)
            let seven = try await test.send(7, [7, 7, 7, 7], to: upload)
            try await test.send(3, [0, 0, 0, 0], to: upload)
            let three = try await test.send(3, [3, 3, 3, 3], to: upload)
            let parts = try await test.store.parts(of: upload).parts
            #expect(parts.map(\.number) == [3, 7, 10_000])
            #expect(parts.first == three)
            let listed = [CompletedPart(three), CompletedPart(seven)]
            let info = try await test.store.completeMultipart(upload, parts: listed)
            #expect(try await test.body(of: "a") == [3, 3, 3, 3, 7, 7, 7, 7])
            #expect(info.parts?.range(of: 2) == 4..<8)
            #expect(info.parts?.range(of: 3) == nil)
            #expect(info.parts?.range(of: 0) == nil)
        }
    }

    @Test("parts are listed page by page")
    func pages() async throws {
        try await TestStore.with { test in
            let (upload, _) = try await test.upload("a", (0..<5).map { [UInt8($0)] })
            var numbers: [Int] = []
            var last = 0
            var isTruncated = true
            while isTruncated {
                let page = try await test.store.parts(of: upload, after: last, limit: 2)
                numbers += page.parts.map(\.number)
                last = page.lastNumber
                isTruncated = page.isTruncated
            }
            #expect(numbers == [1, 2, 3, 4, 5])
            #expect(try await test.store.parts(of: upload, after: 3, limit: 2).isTruncated == false)
            let none = try await test.store.parts(of: upload, limit: 0)
            #expect(none.parts == [])
            #expect(none.isTruncated == false)
        }
    }

    @Test("a part that is not what was announced is not kept, and the one before it stays")
    func badPart() async throws {
        try await TestStore.with { test in
            let upload = try await test.start("a")
            let first = try await test.send(1, [1], to: upload)
            await #expect(throws: ObjectStoreError.self) {
                try await test.send(1, [2], to: upload, commit: UploadCommit(expectedSHA256: first.sha256))
            }
            #expect(try await test.store.parts(of: upload).parts == [first])
            #expect(try test.temporaryNames() == [])
        }
    }

    @Test("numbers out of range are refused", arguments: [0, -1, 10_001])
    func numbers(_ number: Int) async throws {
        try await TestStore.with { test in
            let upload = try await test.start("a")
            await #expect(throws: ObjectStoreError.invalidPart(number: number)) {
                try await test.send(number, [1], to: upload)
            }
        }
    }

    @Test("an id is worth nothing for another key or bucket, nor after its upload ended")
    func otherUpload() async throws {
        try await TestStore.with { test in
            let (upload, parts) = try await test.upload("a", [[1]])
            let other = MultipartUpload(bucket: upload.bucket, key: "b", id: upload.id)
            try await expectNone(other, parts, test)
            #expect(try await test.store.parts(of: upload).parts.count == 1)
            let nowhere = MultipartUpload(bucket: "nowhere", key: "a", id: upload.id)
            await #expect(throws: ObjectStoreError.noSuchBucket("nowhere")) {
                try await test.store.parts(of: nowhere)
            }
            #expect(try await test.store.abortMultipart(upload))
            try await expectNone(upload, parts, test)
            #expect(try test.uploadNames() == [])
            #expect(try test.temporaryNames() == [])
        }
    }

    private func expectNone(_ upload: MultipartUpload, _ parts: [CompletedPart], _ test: TestStore) async throws {
        let error = ObjectStoreError.noSuchUpload(upload.id)
        await #expect(throws: error) { try await test.send(1, [1], to: upload) }
        await #expect(throws: error) { try await test.store.parts(of: upload) }
        await #expect(throws: error) { try await test.store.completeMultipart(upload, parts: parts) }
        #expect(try await test.store.abortMultipart(upload) == false)
        #expect(try await test.head(upload.key) == nil)
    }

    @Test("an upload and its parts outlive the store")
    func reopened() async throws {
        try await TemporaryFolder.with { directory in
            let plan = MultipartPlan(checksumAlgorithm: .crc32, checksumType: .fullObject)
            var upload: MultipartUpload?
            do {
                let test = try await TestStore.open(directory)
                upload = try await test.upload("a", [[1, 1, 1, 1]], plan: plan).0
            }
            let again = try await TestStore.open(directory)
            let same = try #require(upload)
            #expect(try await again.store.multipartPlan(of: same) == plan)
            try await again.send(2, [2], to: same)
            let parts = try await again.store.parts(of: same).parts.map { CompletedPart($0) }
            _ = try await again.store.completeMultipart(same, parts: parts)
            #expect(try await again.body(of: "a") == [1, 1, 1, 1, 2])
        }
    }

    @Test("uploads that were started too long ago are swept, of every bucket")
    func sweep() async throws {
        try await TestStore.with { test in
            let old = try await test.start("a")
            let new = try await test.start("b")
            #expect(try await test.store.sweepMultiparts(startedBefore: old.id.startedAt) == 0)
            #expect(try await test.store.sweepMultiparts(startedBefore: new.id.startedAt) == 1)
            #expect(try await test.uploads() == [new.id])
            #expect(try test.uploadNames() == [new.id.rawValue])
        }
    }

    @Test("unfinished uploads do not keep a bucket, and go with it, also when it is made again")
    func bucketGone() async throws {
        try await TestStore.with { test in
            let bucket: BucketName = "other"
            #expect(try await test.store.createBucket(bucket))
            let upload = try await test.store.createMultipart(to: "a", in: bucket)
            let part = try await test.send(1, [1], to: upload)
            try await test.store.deleteBucket(bucket)
            let none = ObjectStoreError.noSuchBucket(bucket)
            await #expect(throws: none) { try await test.send(2, [1], to: upload) }
            await #expect(throws: none) { try await test.store.createMultipart(to: "a", in: bucket) }
            #expect(try test.temporaryNames() == [])
            #expect(try await test.store.createBucket(bucket))
            #expect(try await test.store.multipartUploads(in: bucket).uploads == [])
            await #expect(throws: ObjectStoreError.noSuchUpload(upload.id)) {
                try await test.store.completeMultipart(upload, parts: [CompletedPart(part)])
            }
        }
    }

    @Test("a part of the plan's algorithm is hashed by it though nobody announced it")
    func partChecksum() async throws {
        try await TestStore.with { test in
            let upload = try await test.start("a", plan: MultipartPlan(checksumAlgorithm: .crc32c))
            let part = try await test.send(1, [1, 2, 3], to: upload)
            #expect(part.checksum == Self.checksum(.crc32c, [1, 2, 3]))
            #expect(part.sha256 == Array(SHA256.hash(data: [1, 2, 3])))
        }
    }

    static func checksum(_ algorithm: ChecksumAlgorithm, _ bytes: [UInt8]) -> Checksum? {
        var digests = BodyDigests(computesMD5: false, checksum: algorithm)
        digests.update(ByteBuffer(bytes: bytes))
        return digests.checksum(algorithm)
    }
}
