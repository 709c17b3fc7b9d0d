import Crypto

/// Lower-case hexadecimal, the form of every SigV4 digest and signature.
enum Hex {
    /// Appends two lower-case digits for each byte.
    static func append(_ bytes: some Sequence<UInt8>, to buffer: inout [UInt8]) {
        for byte in bytes {
            buffer.append(lowerDigit(byte >> 4))
            buffer.append(lowerDigit(byte & 0x0F))
        }
    }

    /// Appends two lower-case digits for each byte of a digest.
    static func append(digest: SHA256Digest, to buffer: inout [UInt8]) {
        unsafe digest.withUnsafeBytes { bytes in unsafe append(bytes, to: &buffer) }
    }

    /// The bytes as S3 prints them beside a text: `41 57 53`.
    static func spaced(_ bytes: [UInt8]) -> String {
        var buffer: [UInt8] = []
        buffer.reserveCapacity(bytes.count * 3)
        for byte in bytes {
            if !buffer.isEmpty { buffer.append(UInt8(ascii: " ")) }
            buffer.append(lowerDigit(byte >> 4))
            buffer.append(lowerDigit(byte & 0x0F))
        }
        return String(decoding: buffer, as: UTF8.self)
    }

    /// The value of a digit of either case, `nil` for any other byte.
    static func value(ofDigit byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        default: nil
        }
    }

    /// Whether the bytes are a SHA-256 digest in lower-case hexadecimal: 64 digits.
    static func isDigest(_ bytes: some Collection<UInt8>) -> Bool {
        bytes.count == 64
            && bytes.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"): true
                default: false
                }
            }
    }

    /// The upper-case digit of a value under 16, as percent coding wants it.
    static func upperDigit(_ value: UInt8) -> UInt8 {
        value < 10 ? value + UInt8(ascii: "0") : value - 10 + UInt8(ascii: "A")
    }

    private static func lowerDigit(_ value: UInt8) -> UInt8 {
        value < 10 ? value + UInt8(ascii: "0") : value - 10 + UInt8(ascii: "a")
    }
}
