/// Inflates a zlib stream (RFC 1950, RFC 1951) up to a limit; for texts in PNG, which are small when they are honest.
///
/// The output grows only by what was really decoded, one symbol at a time, and ends at the limit. The checksum at the
/// end is not compared: what is read is checked by its own reader.
struct Inflater {
    /// Why there is no output.
    enum Failure: Error {
        /// The stream breaks the format's rules, or ends too early.
        case malformed
        /// There is more output than allowed.
        case tooLong
    }

    private var bits: BitReader
    private let byteLimit: Int
    private var output: [UInt8] = []

    /// Inflates a stream.
    ///
    /// - Parameters:
    ///   - stream: The stream, with zlib's header of two bytes.
    ///   - byteLimit: How long the output may be.
    /// - Returns: The output.
    /// - Throws: ``Failure``.
    static func inflate(_ stream: ArraySlice<UInt8>, byteLimit: Int) throws(Failure) -> [UInt8] {
        guard let method = stream.first, method & 0x0F == 8, stream.count > 2 else { throw .malformed }
        var inflater = Inflater(bits: BitReader(stream.dropFirst(2)), byteLimit: byteLimit)
        while try inflater.readBlock() {}
        return inflater.output
    }

    private init(bits: BitReader, byteLimit: Int) {
        self.bits = bits
        self.byteLimit = byteLimit
    }

    /// Reads one block; answers whether another one follows.
    private mutating func readBlock() throws(Failure) -> Bool {
        let isLast = try bits.take(1) == 1
        switch try bits.take(2) {
        case 0: try copyStored()
        case 1: try decode(PrefixCode.fixedLiterals, PrefixCode.fixedDistances)
        case 2:
            let (literals, distances) = try readCodes()
            try decode(literals, distances)
        default: throw .malformed
        }
        return !isLast
    }

    private mutating func append(_ byte: UInt8) throws(Failure) {
        guard output.count < byteLimit else { throw .tooLong }
        output.append(byte)
    }

    private mutating func copyStored() throws(Failure) {
        bits.skipToByte()
        let length = try bits.take(16)
        guard try bits.take(16) == ~length & 0xFFFF else { throw .malformed }
        for _ in 0..<length { try append(UInt8(truncatingIfNeeded: bits.take(8))) }
    }

    /// Decodes symbols up to the end of the block: each takes at least a bit of the stream.
    private mutating func decode(_ literals: PrefixCode, _ distances: PrefixCode) throws(Failure) {
        while true {
            let symbol = try literals.read(&bits)
            if symbol < 256 {
                try append(UInt8(truncatingIfNeeded: symbol))
            } else if symbol == 256 {
                return
            } else {
                try copy(lengthSymbol: symbol - 257, distances)
            }
        }
    }

    private mutating func copy(lengthSymbol: Int, _ distances: PrefixCode) throws(Failure) {
        guard Self.lengths.indices.contains(lengthSymbol) else { throw .malformed }
        let length = Self.lengths[lengthSymbol] + (try bits.take(Self.lengthExtraBits[lengthSymbol]))
        let symbol = try distances.read(&bits)
        guard symbol < 30 else { throw .malformed }
        let extraBitCount = max(0, symbol / 2 - 1)
        let base = symbol < 4 ? symbol + 1 : (2 + symbol % 2) << extraBitCount + 1
        let distance = base + (try bits.take(extraBitCount))
        guard distance <= output.count else { throw .malformed }
        for _ in 0..<length { try append(output[output.count - distance]) }
    }

    /// Reads the codes of a block that brings its own (RFC 1951, 3.2.7).
    private mutating func readCodes() throws(Failure) -> (PrefixCode, PrefixCode) {
        let literalCount = try bits.take(5) + 257
        let distanceCount = try bits.take(5) + 1
        let codeCount = try bits.take(4) + 4
        var codeLengths = [Int](repeating: 0, count: 19)
        for symbol in Self.codeOrder.prefix(codeCount) { codeLengths[symbol] = try bits.take(3) }
        let code = try PrefixCode(codeLengths)
        var lengths: [Int] = []
        while lengths.count < literalCount + distanceCount {
            switch try code.read(&bits) {
            case let length where length < 16: lengths.append(length)
            case 16:
                guard let last = lengths.last else { throw .malformed }
                lengths += repeatElement(last, count: 3 + (try bits.take(2)))
            case 17: lengths += repeatElement(0, count: 3 + (try bits.take(3)))
            default: lengths += repeatElement(0, count: 11 + (try bits.take(7)))
            }
        }
        guard lengths.count == literalCount + distanceCount else { throw .malformed }
        return (
            try PrefixCode(Array(lengths.prefix(literalCount))), try PrefixCode(Array(lengths.dropFirst(literalCount)))
        )
    }

    private static let codeOrder = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]
    private static let lengths = [
        3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227,
        258,
    ]
    private static let lengthExtraBits = [
        0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0,
    ]
}
