#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Base64 for addresses, without padding (RFC 4648, section 5; RFC 7515, section 2).
enum Base64URL {
    /// The bytes; `nil` for what is not in the alphabet, padded, or not the one way to write these bytes.
    static func decode(_ text: some StringProtocol) -> Data? {
        var standard: [UInt8] = []
        standard.reserveCapacity(text.utf8.count + 3)
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "-"): standard.append(UInt8(ascii: "+"))
            case UInt8(ascii: "_"): standard.append(UInt8(ascii: "/"))
            case UInt8(ascii: "+"), UInt8(ascii: "/"), UInt8(ascii: "="): return nil
            default: standard.append(byte)
            }
        }
        let unpadded = standard.count
        while standard.count % 4 != 0 { standard.append(UInt8(ascii: "=")) }
        guard standard.count - unpadded < 3, let data = Data(base64Encoded: Data(standard)),
            data.base64EncodedData() == Data(standard)
        else { return nil }
        return data
    }
}
