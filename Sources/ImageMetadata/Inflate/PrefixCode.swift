/// A canonical prefix code of up to 15 bits, given by the length of each symbol's code (RFC 1951, 3.2.2).
struct PrefixCode {
    /// How many codes there are of each length.
    private var counts = [Int](repeating: 0, count: 16)
    /// The symbols, by the length of their codes and then by their number.
    private var symbols: [Int] = []

    /// Makes a code.
    ///
    /// - Parameter lengths: The length of each symbol's code, 0 for a symbol that does not occur.
    /// - Throws: When there are more codes than their lengths allow.
    init(_ lengths: [Int]) throws(Inflater.Failure) {
        self.init(unchecked: lengths)
        var free = 1
        for length in 1...15 {
            free = free << 1 - counts[length]
            if free < 0 { throw .malformed }
        }
    }

    private init(unchecked lengths: [Int]) {
        for length in 1...15 {
            let same = lengths.indices.filter { lengths[$0] == length }
            counts[length] = same.count
            symbols += same
        }
    }

    /// Reads one symbol.
    ///
    /// - Parameter bits: At the symbol's code; then behind it.
    /// - Returns: The symbol.
    /// - Throws: When no code begins there.
    func read(_ bits: inout BitReader) throws(Inflater.Failure) -> Int {
        var (code, first, index) = (0, 0, 0)
        for length in 1...15 {
            code |= try bits.take(1)
            let count = counts[length]
            if code - first < count { return symbols[index + code - first] }
            index += count
            first = (first + count) << 1
            code <<= 1
        }
        throw .malformed
    }

    /// The code of literals and lengths where a block brings none (RFC 1951, 3.2.6).
    static let fixedLiterals = PrefixCode(
        unchecked: [Int](repeating: 8, count: 144) + [Int](repeating: 9, count: 112) + [Int](repeating: 7, count: 24)
            + [Int](repeating: 8, count: 8)
    )
    /// The code of distances where a block brings none.
    static let fixedDistances = PrefixCode(unchecked: [Int](repeating: 5, count: 30))
}
