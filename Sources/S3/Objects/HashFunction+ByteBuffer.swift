package import Crypto
package import NIOCore

extension HashFunction {
    /// Takes in the readable bytes where they lie.
    package mutating func update(_ piece: ByteBuffer) {
        unsafe piece.withUnsafeReadableBytes { unsafe update(bufferPointer: $0) }
    }

    /// The digest of the readable bytes.
    package static func digest(of buffer: ByteBuffer) -> [UInt8] {
        var hasher = Self()
        hasher.update(buffer)
        return Array(hasher.finalize())
    }
}
