import Crypto
import GalleryCore
import Testing

@Suite("Content digests")
struct ContentHasherTests {
    private func digest(of bytes: [UInt8], piece: Int) -> ContentDigest {
        var hasher = ContentHasher(byteCount: Int64(bytes.count))
        for start in stride(from: 0, to: bytes.count, by: piece) {
            hasher.update(bytes[start..<min(start + piece, bytes.count)])
        }
        return hasher.finalize()
    }

    @Test("up to 16 MiB it is the SHA-256 of the bytes", arguments: [0, 1, 100_000, 16 << 20])
    func single(count: Int) {
        let bytes = [UInt8](repeating: 7, count: count)
        #expect(digest(of: bytes, piece: 1 << 20) == ContentDigest(SHA256.hash(data: bytes)))
    }

    @Test(
        "above, it is the SHA-256 of the SHA-256s of parts of 8 MiB, however the bytes come",
        arguments: [(16 << 20) + 1, 24 << 20],
        [3_000_001, 8 << 20, 64 << 20]
    )
    func composite(count: Int, piece: Int) {
        let bytes = [UInt8](repeating: 9, count: count)
        let parts = stride(from: 0, to: count, by: 8 << 20).map { start in
            Array(SHA256.hash(data: bytes[start..<min(start + (8 << 20), count)]))
        }
        #expect(digest(of: bytes, piece: piece) == ContentDigest(SHA256.hash(data: parts.flatMap { $0 })))
    }
}
