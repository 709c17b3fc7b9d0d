/// The colour that most of a picture has.
package enum DominantColor {
    private static let bits = 3

    /// Sorts the pixels into 512 boxes of like colours, and takes the average of the fullest box.
    ///
    /// Pixels that can hardly be seen do not count; a picture of such pixels alone is white, as the page is below it.
    /// - Returns: Red, green, blue.
    package static func of(_ grid: PixelGrid) -> [UInt8] {
        var counts = [Int](repeating: 0, count: 1 << (3 * bits))
        var sums = [SIMD4<Int>](repeating: .zero, count: counts.count)
        for start in stride(from: 0, to: grid.bytes.count, by: 4) where grid.bytes[start + 3] >= 128 {
            let color = SIMD4<Int>(
                Int(grid.bytes[start]),
                Int(grid.bytes[start + 1]),
                Int(grid.bytes[start + 2]),
                0
            )
            let coarse = color &>> (8 - bits)
            let box = (coarse.x << bits | coarse.y) << bits | coarse.z
            counts[box] += 1
            sums[box] &+= color
        }
        guard let fullest = counts.indices.max(by: { counts[$0] < counts[$1] }), counts[fullest] > 0 else {
            return [.max, .max, .max]
        }
        let average = sums[fullest] / counts[fullest]
        return [UInt8(average.x), UInt8(average.y), UInt8(average.z)]
    }
}
