/// The parts of zlib and PNG that a file of stored bytes needs.
enum Zlib {
    /// A zlib stream that stores the bytes as they are (RFC 1950, RFC 1951 section 3.2.4).
    ///
    /// - Parameter bytes: What inflating will give.
    /// - Returns: The stream.
    static func stored(_ bytes: [UInt8]) -> [UInt8] {
        var stream: [UInt8] = [0x78, 0x01]
        var start = 0
        repeat {
            let block = bytes.dropFirst(start).prefix(0xFFFF)
            start += block.count
            stream.append(start == bytes.count ? 1 : 0)
            stream.appendLittleEndian(block.count, byteCount: 2)
            stream.appendLittleEndian(~block.count, byteCount: 2)
            stream += block
        } while start < bytes.count
        stream.appendBigEndian(adler32(bytes), byteCount: 4)
        return stream
    }

    /// The checksum of a PNG chunk.
    ///
    /// - Parameter bytes: Name and body of the chunk.
    /// - Returns: 32 bits.
    static func crc32(_ bytes: [UInt8]) -> Int {
        Int(~bytes.reduce(UInt32.max) { $0 >> 8 ^ crcTable[Int(UInt8(truncatingIfNeeded: $0) ^ $1)] })
    }

    private static func adler32(_ bytes: [UInt8]) -> Int {
        var (low, high) = (1, 0)
        for byte in bytes {
            low = (low + Int(byte)) % 65521
            high = (high + low) % 65521
        }
        return high << 16 | low
    }

    private static let crcTable: [UInt32] = (0..<256).map { index in
        (0..<8).reduce(UInt32(index)) { value, _ in value & 1 == 0 ? value >> 1 : value >> 1 ^ 0xEDB8_8320 }
    }
}
