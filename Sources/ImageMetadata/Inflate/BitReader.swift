/// Takes bits out of bytes, from the lowest bit of each byte up (RFC 1951, 3.1.1).
struct BitReader {
    private let bytes: ArraySlice<UInt8>
    private var offset: Int
    private var held: UInt32 = 0
    private var heldCount = 0

    /// Starts at the first bit.
    ///
    /// - Parameter bytes: The bytes.
    init(_ bytes: ArraySlice<UInt8>) {
        self.bytes = bytes
        offset = bytes.startIndex
    }

    /// Takes bits.
    ///
    /// - Parameter count: How many: 0…16.
    /// - Returns: A number whose lowest bit came first.
    /// - Throws: When the bytes end before.
    mutating func take(_ count: Int) throws(Inflater.Failure) -> Int {
        while heldCount < count {
            guard offset < bytes.endIndex else { throw .malformed }
            held |= UInt32(bytes[offset]) << UInt32(heldCount)
            heldCount += 8
            offset += 1
        }
        let value = held & (1 << UInt32(count) - 1)
        held >>= UInt32(count)
        heldCount -= count
        return Int(value)
    }

    /// Leaves out what is left of the current byte.
    mutating func skipToByte() {
        held >>= UInt32(heldCount % 8)
        heldCount -= heldCount % 8
    }
}
