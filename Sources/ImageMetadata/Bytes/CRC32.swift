/// The cyclic redundancy check of PNG (reflected polynomial 0xEDB88320), bit by bit: it only ever sees an `IHDR`.
struct CRC32: Sendable {
    private var register: UInt32 = 0xFFFF_FFFF

    /// The checksum of everything taken in so far.
    var value: UInt32 { ~register }

    /// Takes in bytes.
    ///
    /// - Parameter bytes: The next bytes.
    mutating func update(_ bytes: some Sequence<UInt8>) {
        for byte in bytes {
            register ^= UInt32(byte)
            for _ in 0..<8 {
                register = register & 1 == 0 ? register >> 1 : register >> 1 ^ 0xEDB8_8320
            }
        }
    }
}
