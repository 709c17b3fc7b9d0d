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
