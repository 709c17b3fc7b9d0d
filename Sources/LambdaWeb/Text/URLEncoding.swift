/// Percent-encoding (RFC 3986 §2.1) of what a gateway has decoded, and of what may not stand in a request's target.
enum URLEncoding {
    private static let digits = Array("0123456789ABCDEF".utf8)

    /// A path that was decoded: whatever is not plainly a path's is encoded, percent signs too.
    static func encode(decodedPath path: String) -> String {
        encode(path) { isUnreserved($0) || "!$&'()*+,;=:@/".utf8.contains($0) }
    }

    /// A name or a value of a query that was decoded.
    static func encode(decodedQueryText text: String) -> String {
        encode(text) { isUnreserved($0) || "!$'()*,:@/".utf8.contains($0) }
    }

    /// A path that is encoded already: only what would not be a path is mended.
    static func mend(path: String) -> String {
        encode(path) { isVisible($0) && $0 != UInt8(ascii: "?") && $0 != UInt8(ascii: "#") }
    }

    /// A query that is encoded already.
    static func mend(query: String) -> String {
        encode(query) { isVisible($0) && $0 != UInt8(ascii: "#") }
    }

    private static func encode(_ text: String, keeping isKept: (UInt8) -> Bool) -> String {
        if text.utf8.allSatisfy(isKept) { return text }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.utf8.count + 32)
        for byte in text.utf8 {
            if isKept(byte) {
                bytes.append(byte)
            } else {
                bytes += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func isVisible(_ byte: UInt8) -> Bool {
        (0x21...0x7E).contains(byte)
    }

    private static func isUnreserved(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: "-._~".utf8.contains(byte)
        }
    }
}
