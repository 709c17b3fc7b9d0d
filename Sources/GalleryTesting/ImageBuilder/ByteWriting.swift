extension [UInt8] {
    /// Appends the lowest bytes of a number, highest first.
    ///
    /// - Parameters:
    ///   - value: The number.
    ///   - byteCount: How many of its bytes.
    mutating func appendBigEndian(_ value: Int, byteCount: Int) {
        for index in (0..<byteCount).reversed() {
            append(UInt8(truncatingIfNeeded: value >> (8 * index)))
        }
    }

    /// Appends the lowest bytes of a number, lowest first.
    ///
    /// - Parameters:
    ///   - value: The number.
    ///   - byteCount: How many of its bytes.
    mutating func appendLittleEndian(_ value: Int, byteCount: Int) {
        for index in 0..<byteCount {
            append(UInt8(truncatingIfNeeded: value >> (8 * index)))
        }
    }
}
