import NIOCore
import SigV4
import Testing

@testable import ObjectStore

@Suite("Digests")
struct DigestTests {
    /// The digests of the ASCII text `123456789`.
    static let known: [(ChecksumAlgorithm, String)] = [
        (.crc32, "cbf43926"),
        (.crc32c, "e3069283"),
        (.crc64nvme, "ae8b14860a799888"),
        (.sha1, "f7c3bc1d808e04732adf679965ccc34ca7ae3441"),
        (.sha256, "15e2b0d3c33891ebb0f1ef609ec419420c20e320ce94c65fbc8c3312448eb225"),
    ]

    @Test("every algorithm gives its published check value", arguments: known)
    func checkValue(_ algorithm: ChecksumAlgorithm, _ expected: String) {
        var digests = BodyDigests(computesMD5: true, checksum: algorithm)
        digests.update(ByteBuffer(string: "123456789"))
        #expect(digests.checksum(algorithm).map { hexadecimal($0.bytes) } == expected)
        #expect(digests.md5Bytes.map { hexadecimal($0) } == "25f9e794323b453885f5181f1b624d0b")
    }

    @Test("a body in pieces of any length has the digest of the whole", arguments: ChecksumAlgorithm.allCases)
    func pieces(_ algorithm: ChecksumAlgorithm) {
        var random = SeededGenerator(seed: 1)
        let body = (0..<1000).map { _ in UInt8.random(in: 0...255, using: &random) }
        var whole = BodyDigests(computesMD5: false, checksum: algorithm)
        whole.update(ByteBuffer(bytes: body))
        for length in 1...40 {
            var digests = BodyDigests(computesMD5: false, checksum: algorithm)
            for start in stride(from: 0, to: body.count, by: length) {
                digests.update(ByteBuffer(bytes: body[start..<min(start + length, body.count)]))
            }
            #expect(digests.checksum(algorithm) == whole.checksum(algorithm))
        }
    }

    @Test(
        "the CRC of two pieces follows from the CRC of each, wherever the cut is",
        arguments: [.crc32, .crc32c, .crc64nvme] as [ChecksumAlgorithm]
    )
    func joining(_ algorithm: ChecksumAlgorithm) throws {
        let body = UploadTests.bytes(700)
        let whole = checksum(algorithm, body[...])
        for cut in [0, 1, 2, 7, 8, 255, 256, 257, 512, 699, 700] {
            let first = try #require(checksum(algorithm, body[..<cut]))
            let second = try #require(checksum(algorithm, body[cut...]))
            #expect(first.joined(with: second, byteCount: Int64(700 - cut)) == whole)
        }
    }

    @Test("SHAs, and CRCs of two kinds, cannot be joined")
    func notJoining() throws {
        let crc = try #require(checksum(.crc32, [1]))
        let other = try #require(checksum(.crc32c, [1]))
        let sha = try #require(checksum(.sha1, [1]))
        #expect(crc.joined(with: other, byteCount: 1) == nil)
        #expect(sha.joined(with: sha, byteCount: 1) == nil)
    }

    private func checksum(_ algorithm: ChecksumAlgorithm, _ bytes: ArraySlice<UInt8>) -> Checksum? {
        var digests = BodyDigests(computesMD5: false, checksum: algorithm)
        digests.update(ByteBuffer(bytes: bytes))
        return digests.checksum(algorithm)
    }

    @Test("eight bytes a step give what one bit a step gives")
    func slicingBySteps() {
        var random = SeededGenerator(seed: 2)
        let body = (0..<77).map { _ in UInt8.random(in: 0...255, using: &random) }
        var register = UInt64.max
        for byte in body {
            register ^= UInt64(byte)
            for _ in 0..<8 { register = register & 1 == 1 ? register >> 1 ^ 0x9A6C_9329_AC4B_C9B5 : register >> 1 }
        }
        var digests = BodyDigests(computesMD5: false, checksum: .crc64nvme)
        digests.update(ByteBuffer(bytes: body))
        #expect(digests.checksum(.crc64nvme)?.bytes == ByteBuffer(integer: ~register).readableBytesView.map(\.self))
    }

    @Test("a digest that was not asked for is not there", arguments: ChecksumAlgorithm.allCases)
    func notAsked(_ algorithm: ChecksumAlgorithm) {
        let digests = BodyDigests(computesMD5: false, checksum: nil)
        #expect((digests.checksum(algorithm) != nil) == (algorithm == .sha256))
        #expect(digests.md5Bytes == nil)
    }

    @Test("headers and lengths of the algorithms")
    func names() {
        #expect(
            ChecksumAlgorithm.allCases.map(\.headerName) == [
                "x-amz-checksum-sha256", "x-amz-checksum-sha1", "x-amz-checksum-crc32", "x-amz-checksum-crc32c",
                "x-amz-checksum-crc64nvme",
            ]
        )
        for algorithm in ChecksumAlgorithm.allCases {
            let bytes = [UInt8](repeating: 7, count: algorithm.digestByteCount)
            let checksum = Checksum(algorithm: algorithm, bytes: bytes)
            #expect(checksum != nil)
            #expect(checksum.flatMap { Checksum(algorithm: algorithm, base64: $0.base64) } == checksum)
            #expect(Checksum(algorithm: algorithm, bytes: bytes + [7]) == nil)
            #expect(Checksum(algorithm: algorithm, base64: Base64.encode(Array(bytes.dropLast()))) == nil)
        }
    }
}
