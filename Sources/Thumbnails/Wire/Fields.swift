/// Puts numbers and texts one behind the other, little-endian.
struct FieldWriter {
    private(set) var bytes: [UInt8] = []

    mutating func byte(_ value: UInt8) { bytes.append(value) }

    mutating func number32(_ value: Int) { append(UInt32(clamping: value)) }

    mutating func number64(_ value: Int) { append(UInt64(clamping: value)) }

    /// Bytes behind their count; what does not fit is cut off.
    mutating func block(_ value: some Collection<UInt8>) {
        let cut = value.prefix(255)
        bytes.append(UInt8(cut.count))
        bytes += cut
    }

    private mutating func append<Number: FixedWidthInteger>(_ value: Number) {
        for shift in stride(from: 0, to: Number.bitWidth, by: 8) {
            bytes.append(UInt8(truncatingIfNeeded: value >> Number(shift)))
        }
    }
}

/// Takes fields from a message, each only if it is there.
struct FieldReader<Bytes: Collection<UInt8>> {
    private var rest: Bytes.SubSequence

    init(_ bytes: Bytes) { rest = bytes[...] }

    mutating func byte() throws(WireFlaw) -> UInt8 {
        guard let value = rest.first else { throw .tooShort }
        rest = rest.dropFirst()
        return value
    }

    mutating func number32() throws(WireFlaw) -> UInt32 {
        var value: UInt32 = 0
        for shift: UInt32 in stride(from: 0, to: 32, by: 8) { value |= UInt32(try byte()) << shift }
        return value
    }

    /// A count or size: what an `Int` does not hold is no count.
    mutating func number64() throws(WireFlaw) -> Int {
        var value: UInt64 = 0
        for shift: UInt64 in stride(from: 0, to: 64, by: 8) { value |= UInt64(try byte()) << shift }
        guard let count = Int(exactly: value) else { throw .badField }
        return count
    }

    mutating func block() throws(WireFlaw) -> [UInt8] {
        let count = Int(try byte())
        guard rest.count >= count else { throw .tooShort }
        defer { rest = rest.dropFirst(count) }
        return Array(rest.prefix(count))
    }

    /// Makes sure that nothing is left.
    func end() throws(WireFlaw) {
        guard rest.isEmpty else { throw .tooLong }
    }
}
