import Crypto
package import SigV4

extension PayloadHash {
    /// The digest of a body in memory.
    ///
    /// - Parameter bytes: The body.
    /// - Returns: ``PayloadHash/digest(_:)`` of its SHA-256.
    package static func digest(of bytes: some Sequence<UInt8>) -> PayloadHash {
        let hexadecimal = SHA256.hash(data: Array(bytes)).map { byte in
            (byte < 16 ? "0" : "") + String(byte, radix: 16)
        }
        return .digest(hexadecimal.joined())
    }
}
