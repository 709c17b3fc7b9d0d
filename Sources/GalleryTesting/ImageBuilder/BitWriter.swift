/// Packs bits into bytes, from the highest bit down (JPEG) or from the lowest up (WebP).
struct BitWriter: Sendable {
    /// Which bit of a byte is filled first.
    enum Order: Sendable {
        case highestFirst
        case lowestFirst
    }

    private let order: Order
    private var current: UInt8 = 0
    private var filledBitCount = 0
    private(set) var bytes: [UInt8] = []

    /// Starts with nothing written.
    ///
    /// - Parameter order: Which bit of a byte is filled first.
    init(_ order: Order) {
        self.order = order
    }

    /// Appends the lowest bits of a number, in the writer's order.
    ///
    /// - Parameters:
    ///   - value: The number.
    ///   - bitCount: How many of its bits.
    mutating func append(_ value: Int, bitCount: Int) {
        for index in 0..<bitCount {
            let isHighestFirst = order == .highestFirst
            let bit = UInt8(truncatingIfNeeded: value >> (isHighestFirst ? bitCount - 1 - index : index)) & 1
            current |= bit << UInt8(isHighestFirst ? 7 - filledBitCount : filledBitCount)
            filledBitCount += 1
            if filledBitCount == 8 { flush() }
        }
    }

    /// Fills the last byte up.
    ///
    /// - Parameter bit: With zeros or with ones.
    mutating func pad(with bit: Int) {
        while filledBitCount > 0 { append(bit, bitCount: 1) }
    }

    private mutating func flush() {
        bytes.append(current)
        current = 0
        filledBitCount = 0
    }
}
