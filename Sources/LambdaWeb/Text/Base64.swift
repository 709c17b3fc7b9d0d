import NIOCore

/// Base64 (RFC 4648 §4) of bodies of some megabytes: one pass, one buffer of exactly the size.
enum Base64 {
    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    private static let padding = UInt8(ascii: "=")
    /// The value of each byte that stands for six bits; 255 for all others.
    private static let values: [UInt8] = {
        var values = [UInt8](repeating: 255, count: 256)
        for (value, byte) in alphabet.enumerated() { values[Int(byte)] = UInt8(value) }
        return values
    }()

    /// How many bytes so many bytes become.
    static func encodedCount(_ byteCount: Int) -> Int {
        (byteCount + 2) / 3 * 4
    }

    /// Writes bytes in base64, with padding.
    static func write(_ bytes: ByteBuffer, to text: inout ByteBuffer) {
        let count = encodedCount(bytes.readableBytes)
        guard count > 0 else { return }
        unsafe text.writeWithUnsafeMutableBytes(minimumWritableBytes: count) { target in
            unsafe bytes.withUnsafeReadableBytes { source in
                unsafe encode(source, target)
            }
            return count
        }
    }

    private static func encode(_ source: UnsafeRawBufferPointer, _ target: UnsafeMutableRawBufferPointer) {
        let letters = alphabet
        var place = 0
        for start in stride(from: 0, to: source.count, by: 3) {
            let left = source.count - start
            var bits = unsafe UInt32(source[start]) << 16
            if left > 1 { unsafe bits |= UInt32(source[start + 1]) << 8 }
            if left > 2 { unsafe bits |= UInt32(source[start + 2]) }
            unsafe target[place] = letters[Int(bits >> 18)]
            unsafe target[place + 1] = letters[Int(bits >> 12 & 63)]
            unsafe target[place + 2] = left > 1 ? letters[Int(bits >> 6 & 63)] : padding
            unsafe target[place + 3] = left > 2 ? letters[Int(bits & 63)] : padding
            place += 4
        }
    }

    /// The bytes that a text stands for, with or without its padding; nil when it is no base64.
    static func decoded(_ text: ByteBuffer) -> ByteBuffer? {
        var count = text.readableBytes
        for _ in 0..<2 where count > 0 && text.byte(at: count - 1) == padding { count -= 1 }
        let isPadded = count < text.readableBytes
        guard count % 4 != 1, !isPadded || text.readableBytes.isMultiple(of: 4) else { return nil }
        let byteCount = count / 4 * 3 + max(0, count % 4 - 1)
        var bytes = ByteBuffer()
        guard byteCount > 0 else { return bytes }
        bytes.reserveCapacity(byteCount)
        var isValid = true
        unsafe bytes.writeWithUnsafeMutableBytes(minimumWritableBytes: byteCount) { target in
            isValid = unsafe text.withUnsafeReadableBytes { source in
                unsafe decode(UnsafeRawBufferPointer(rebasing: source[..<count]), target)
            }
            return byteCount
        }
        return isValid ? bytes : nil
    }

    /// Whether all of it was base64; unknown letters show in the two upper bits, which are collected.
    private static func decode(_ source: UnsafeRawBufferPointer, _ target: UnsafeMutableRawBufferPointer) -> Bool {
        let values = values
        var wrong: UInt8 = 0
        var place = 0
        let whole = source.count / 4 * 4
        for start in stride(from: 0, to: whole, by: 4) {
            let a = unsafe values[Int(source[start])]
            let b = unsafe values[Int(source[start + 1])]
            let c = unsafe values[Int(source[start + 2])]
            let d = unsafe values[Int(source[start + 3])]
            wrong |= a | b | c | d
            unsafe target[place] = a << 2 | b >> 4
            unsafe target[place + 1] = b << 4 | c >> 2
            unsafe target[place + 2] = c << 6 | d
            place += 3
        }
        guard whole < source.count else { return wrong < 64 }
        let a = unsafe values[Int(source[whole])]
        let b = unsafe values[Int(source[whole + 1])]
        unsafe target[place] = a << 2 | b >> 4
        wrong |= a | b
        if source.count - whole == 3 {
            let c = unsafe values[Int(source[whole + 2])]
            unsafe target[place + 1] = b << 4 | c >> 2
            wrong |= c
        }
        return wrong < 64
    }
}
