/// Eight colours drawn from a seed.
struct Palette: Sendable {
    /// Red, green and blue, from 0 to 255 each.
    struct Color: Sendable {
        let red: UInt8
        let green: UInt8
        let blue: UInt8
    }

    /// The colours; the first one alone tells any two seeds below 2²⁴ apart.
    let colors: [Color]

    /// Draws the colours.
    ///
    /// - Parameter seed: Any number.
    init(seed: UInt64) {
        var state = seed
        let first = Color(bits: seed &* 0x9E37_79B1 &+ 0x3A_7F_C1)
        colors = [first] + (1..<8).map { _ in Color(bits: Self.next(&state)) }
    }

    /// The colour of a row of a picture: eight bands, from top to bottom.
    ///
    /// - Parameters:
    ///   - row: The row, from 0 on.
    ///   - rowCount: How many there are.
    /// - Returns: An index into `colors`.
    static func band(ofRow row: Int, of rowCount: Int) -> Int {
        row * 8 / rowCount
    }

    /// SplitMix64.
    private static func next(_ state: inout UInt64) -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 31
    }
}

extension Palette.Color {
    /// Takes a colour from the lowest 24 bits.
    fileprivate init(bits: UInt64) {
        red = UInt8(truncatingIfNeeded: bits >> 16)
        green = UInt8(truncatingIfNeeded: bits >> 8)
        blue = UInt8(truncatingIfNeeded: bits)
    }
}
