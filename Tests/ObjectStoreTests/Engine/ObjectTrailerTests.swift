import Foundation
import NIOCore
import Testing

@testable import ObjectStore

@Suite("The trailer of an object")
struct ObjectTrailerTests {
    static let body: [UInt8] = Array("the body".utf8)

    static var info: ObjectInfo {
        var metadata = ObjectMetadata(contentType: "image/jpeg", user: ["a": "1", "ü": "\u{202E}", "empty": ""])
        metadata.cacheControl = "public, max-age=31536000, immutable"
        metadata.contentDisposition = "attachment; filename=\"x.jpg\""
        metadata.contentEncoding = "gzip"
        metadata.contentLanguage = "de"
        metadata.expires = "Thu, 01 Dec 1994 16:00:00 GMT"
        return ObjectInfo(
            key: "a/é",
            byteCount: Int64(body.count),
            etag: "25f9e794323b453885f5181f1b624d0b",
            lastModified: 1_700_000_000_123,
            sha256: [UInt8](repeating: 9, count: 32),
            checksum: Checksum(algorithm: .crc64nvme, bytes: [1, 2, 3, 4, 5, 6, 7, 8]),
            metadata: metadata
        )
    }

    private func read(_ bytes: [UInt8], of key: ObjectKey = info.key) async throws -> ObjectInfo {
        try await TemporaryFolder.with { folder in
            try Data(bytes).write(to: folder.appendingPathComponent("x"))
            let file = try #require(try Folder(path: folder.path).file("x"))
            return try ObjectTrailer.read(from: file, of: key)
        }
    }

    private func file(_ info: ObjectInfo) throws -> [UInt8] {
        Self.body + Array(try ObjectTrailer.encode(info).readableBytesView)
    }

    @Test("everything comes back as it was given")
    func roundTrip() async throws {
        #expect(try await read(try file(Self.info)) == Self.info)
        let plain = ObjectInfo(key: "a/é", byteCount: 8, etag: "", lastModified: -1, sha256: Self.info.sha256)
        #expect(try await read(try file(plain)) == plain)
    }

    @Test("a file that was written before there were parts is read as ever")
    func writtenBefore() async throws {
        // Made by a script from the description of the format, not by this code.
        let hex =
            "74686520626f64790100000004612fc3a902000000080000000000000008030000002033303636313736313835666363613335"
            + "643236633162313631326139316537380400"
            + "0000080000018bcfe5687b0500000020fa8242e99f48966ca514092b4233b446851f42b57ad5031bf133e1dd76787f3e06"
            + "000000150000000943524336344e564d454e6f04a44ac86606070000000a696d6167652f6a706567"
            + "08000000086e6f2d63616368650d00000009000000046e616d6578696d676e2d6f626a00000001000000b1"
            + "7c7a29992235ad59"
        let info = try await read(try #require(bytes(ofHexadecimal: hex)))
        #expect(info.key == "a/é")
        #expect(info.byteCount == 8)
        #expect(info.etag == "3066176185fcca35d26c1b1612a91e78")
        #expect(info.lastModified == 1_700_000_000_123)
        #expect(info.sha256?.first == 0xFA)
        #expect(info.checksum?.algorithm == .crc64nvme)
        #expect(info.checksumType == .fullObject)
        #expect(info.parts == nil)
        #expect(info.metadata.cacheControl == "no-cache")
        #expect(info.metadata.user == ["name": "x"])
    }

    @Test("the parts of an object come back, with and without checksums, also ten thousand of them")
    func parts() async throws {
        var info = Self.info
        info.sha256 = nil
        info.checksum = Checksum(algorithm: .sha256, bytes: [UInt8](repeating: 3, count: 32))
        info.checksumType = .composite
        let digest = [UInt8](repeating: 4, count: 32)
        info.parts = ObjectParts(uploadID: MultipartUploadID(startedAt: 1), byteCounts: [5, 3, 0], sha256: digest)
        #expect(try await read(try file(info)) == info)
        let checksum = try #require(Checksum(algorithm: .sha256, bytes: digest))
        info.parts?.byteCounts = [8] + [Int64](repeating: 0, count: 9_999)
        info.parts?.checksums = [Checksum](repeating: checksum, count: 10_000)
        info.parts?.uploadID = nil
        #expect(try await read(try file(info)) == info)
    }

    @Test("parts that cannot be are noticed")
    func impossibleParts() {
        var whole = Self.info
        let digest = [UInt8](repeating: 4, count: 32)
        whole.parts = ObjectParts(uploadID: nil, byteCounts: [5, 3], sha256: digest)
        var cases: [ObjectInfo] = []
        for byteCounts in [
            [5, 4], [9, -1], [], [Int64.max, Int64.max, 10], [Int64](repeating: 0, count: 10_000) + [8],
        ] {
            var info = whole
            info.parts?.byteCounts = byteCounts
            cases.append(info)
        }
        var info = whole
        info.parts?.sha256.removeLast()
        cases.append(info)
        info = whole
        info.parts?.checksums = [Checksum(algorithm: .crc32, bytes: [1, 2, 3, 4])].compactMap(\.self)
        cases.append(info)
        for info in cases {
            var fields = ByteBuffer()
            TrailerFields.write(info, to: &fields)
            #expect(TrailerFields.read(fields) == nil)
        }
    }

    @Test("metadata longer than the first read comes back, and longer than the limit is refused")
    func long() async throws {
        var info = Self.info
        info.metadata.user["long"] = String(repeating: "x", count: 200_000)
        #expect(try await read(try file(info)) == info)
        info.metadata.user["long"] = String(repeating: "x", count: ObjectTrailer.maximumByteCount)
        #expect(throws: ObjectStoreError.metadataTooLarge(limit: ObjectTrailer.maximumByteCount)) {
            try ObjectTrailer.encode(info)
        }
    }

    @Test("every prefix of a file is corrupted, never a trap")
    func prefixes() async throws {
        let whole = try file(Self.info)
        for count in whole.indices {
            await #expect(throws: ObjectStoreError.corrupted(Self.info.key)) {
                try await read(Array(whole[..<count]))
            }
        }
    }

    @Test("every file that lacks its beginning is corrupted, also when its fields are longer than the file")
    func suffixes() async throws {
        let whole = try file(Self.info)
        for count in whole.indices {
            await #expect(throws: ObjectStoreError.corrupted(Self.info.key)) {
                try await read(Array(whole.suffix(count)))
            }
        }
    }

    @Test("every changed bit behind the body is noticed")
    func changedBits() async throws {
        let whole = try file(Self.info)
        for index in Self.body.count..<whole.count {
            for bit in 0..<8 {
                var changed = whole
                changed[index] ^= 1 << UInt8(bit)
                await #expect(throws: ObjectStoreError.corrupted(Self.info.key)) { try await read(changed) }
            }
        }
    }

    @Test("a byte too many before the trailer, or the file of another key, is corrupted")
    func otherFile() async throws {
        let whole = try file(Self.info)
        await #expect(throws: ObjectStoreError.corrupted(Self.info.key)) { try await read([0] + whole) }
        await #expect(throws: ObjectStoreError.corrupted("b")) { try await read(whole, of: "b") }
    }

    @Test("fields whose check is right but that are senseless are refused", arguments: 0..<2000)
    func senselessFields(_ seed: Int) {
        var random = SeededGenerator(seed: UInt64(seed))
        var fields = ByteBuffer()
        TrailerFields.write(Self.info, to: &fields)
        var bytes = Array(fields.readableBytesView)
        for _ in 0...Int.random(in: 0..<4, using: &random) {
            bytes[Int.random(in: bytes.indices, using: &random)] = UInt8.random(in: 0...255, using: &random)
        }
        bytes.removeLast(Int.random(in: 0..<8, using: &random))
        let info = TrailerFields.read(ByteBuffer(bytes: bytes))
        #expect(info.map { $0.byteCount >= 0 && $0.sha256?.count == 32 } ?? true)
    }

    @Test("a field with a tag from the future is skipped")
    func unknownTag() {
        var fields = ByteBuffer()
        fields.writeMultipleIntegers(UInt8(200), UInt32(3), UInt16(1), UInt8(1))
        TrailerFields.write(Self.info, to: &fields)
        #expect(TrailerFields.read(fields) == Self.info)
    }

    @Test("a digest or a length that cannot be is noticed")
    func impossibleValues() {
        var short = Self.info
        short.sha256?.removeLast()
        var negative = Self.info
        negative.byteCount = -1
        for info in [short, negative] {
            var fields = ByteBuffer()
            TrailerFields.write(info, to: &fields)
            #expect(TrailerFields.read(fields) == nil)
        }
    }

    @Test("a missing field is noticed", arguments: [1, 2, 3, 4, 5, 7] as [UInt8])
    func missingField(_ tag: UInt8) throws {
        var all = ByteBuffer()
        TrailerFields.write(Self.info, to: &all)
        var some = ByteBuffer()
        while let number = all.readInteger(as: UInt8.self) {
            let slice = all.readLengthPrefixedSlice(as: UInt32.self)
            let value = try #require(slice)
            guard number != tag else { continue }
            some.writeInteger(number)
            try some.writeLengthPrefixed(as: UInt32.self) { $0.writeImmutableBuffer(value) }
        }
        #expect(TrailerFields.read(some) == nil)
    }
}
