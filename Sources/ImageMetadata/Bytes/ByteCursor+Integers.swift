/// The order of the bytes of an integer.
enum ByteOrder: Sendable {
    case bigEndian
    case littleEndian
}

extension ByteCursor {
    /// Takes one byte.
    ///
    /// - Returns: The byte.
    /// - Throws: As `pop(_:)`.
    mutating func popByte() throws(HeaderInterruption) -> UInt8 {
        var value: UInt8 = 0
        for byte in try pop(1) { value = byte }
        return value
    }

    /// Takes an unsigned integer of 16 bits.
    ///
    /// - Parameter order: Its byte order.
    /// - Returns: Its value.
    /// - Throws: As `pop(_:)`.
    mutating func popUInt16(_ order: ByteOrder) throws(HeaderInterruption) -> Int {
        Int(try popInteger(2, order))
    }

    /// Takes an unsigned integer of 24 bits.
    ///
    /// - Parameter order: Its byte order.
    /// - Returns: Its value.
    /// - Throws: As `pop(_:)`.
    mutating func popUInt24(_ order: ByteOrder) throws(HeaderInterruption) -> Int {
        Int(try popInteger(3, order))
    }

    /// Takes an unsigned integer of 32 bits.
    ///
    /// - Parameter order: Its byte order.
    /// - Returns: Its value.
    /// - Throws: As `pop(_:)`.
    mutating func popUInt32(_ order: ByteOrder) throws(HeaderInterruption) -> UInt32 {
        try popInteger(4, order)
    }

    /// Takes an unsigned integer of up to 64 bits that tells an offset, a length or a count.
    ///
    /// - Parameters:
    ///   - byteCount: How long it is: 0…8 bytes; of none, the value is 0.
    ///   - order: Its byte order.
    /// - Returns: Its value; `Int.max`, which no file reaches, for what is more.
    /// - Throws: As `pop(_:)`.
    mutating func popOffset(_ byteCount: Int, _ order: ByteOrder) throws(HeaderInterruption) -> Int {
        var value: UInt64 = 0
        var shift: UInt64 = 0
        for byte in try pop(byteCount) {
            switch order {
            case .bigEndian: value = value << 8 | UInt64(byte)
            case .littleEndian: value |= UInt64(byte) << shift
            }
            shift += 8
        }
        return Int(clamping: value)
    }

    private mutating func popInteger(_ byteCount: Int, _ order: ByteOrder) throws(HeaderInterruption) -> UInt32 {
        var value: UInt32 = 0
        var shift: UInt32 = 0
        for byte in try pop(byteCount) {
            switch order {
            case .bigEndian: value = value << 8 | UInt32(byte)
            case .littleEndian: value |= UInt32(byte) << shift
            }
            shift += 8
        }
        return value
    }
}
