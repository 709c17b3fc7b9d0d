extension Span<UInt8> {
    /// An unsigned integer; `nil` where it is not all there.
    ///
    /// - Parameters:
    ///   - offset: Where it stands.
    ///   - byteCount: How long it is: 0…8 bytes; of none, the value is 0.
    ///   - order: Its byte order.
    /// - Returns: Its value; `Int.max`, which no file reaches, for what is more.
    func number(at offset: Int, _ byteCount: Int, _ order: ByteOrder = .bigEndian) -> Int? {
        guard offset >= 0, offset <= count, byteCount <= count - offset else { return nil }
        var value: UInt64 = 0
        for index in 0..<byteCount {
            switch order {
            case .bigEndian: value = value << 8 | UInt64(self[offset + index])
            case .littleEndian: value |= UInt64(self[offset + index]) << UInt64(8 * index)
            }
        }
        return Int(clamping: value)
    }

    /// A name of four characters; `nil` where it is not all there.
    ///
    /// - Parameter offset: Where it stands.
    /// - Returns: The name.
    func name(at offset: Int) -> ChunkName? {
        number(at: offset, 4).map { ChunkName(code: UInt32(clamping: $0)) }
    }

    /// Whether certain bytes stand at a place, all of them.
    ///
    /// - Parameters:
    ///   - expected: The bytes.
    ///   - offset: The place.
    /// - Returns: Whether they stand there.
    func holds(_ expected: [UInt8], at offset: Int) -> Bool {
        guard offset >= 0, offset <= count, expected.count <= count - offset else { return false }
        for index in expected.indices where self[offset + index] != expected[index] { return false }
        return true
    }

    /// Whether a stretch holds nothing but zeros.
    ///
    /// - Parameter range: The stretch, inside of the span.
    /// - Returns: Whether it does.
    func isZero(_ range: Range<Int>) -> Bool {
        for index in range where self[index] != 0 { return false }
        return true
    }

    /// A copy of a stretch.
    ///
    /// - Parameter range: The stretch, inside of the span.
    /// - Returns: Its bytes.
    func copy(_ range: Range<Int>) -> [UInt8] {
        let part = extracting(range)
        return unsafe part.withUnsafeBufferPointer { unsafe Array($0) }
    }
}
