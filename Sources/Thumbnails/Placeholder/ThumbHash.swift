#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A picture in about 25 bytes, as Evan Wallace's ThumbHash describes it: luminance and two colour differences (and
/// alpha) as a few terms of a discrete cosine transform, 4 bits each.
///
/// Written from the description of the format; the bytes can be read by any ThumbHash decoder.
package enum ThumbHash {
    /// The longest side of a picture that the format is made for, in pixels.
    package static let sideLimit = 100

    /// Computes the hash.
    ///
    /// - Parameter grid: A picture of at most 100 × 100 pixels.
    /// - Returns: 5 to 25 bytes or so; empty when the picture is too large.
    package static func bytes(of grid: PixelGrid) -> [UInt8] {
        guard grid.width <= sideLimit, grid.height <= sideLimit else { return [] }
        let planes = ColorPlanes(grid)
        let longest = Double(max(grid.width, grid.height))
        let most: Double = planes.hasAlpha ? 5 : 7
        let columns = max(1, Int((most * Double(grid.width) / longest).rounded()))
        let rows = max(1, Int((most * Double(grid.height) / longest).rounded()))
        let side = CosineTransform(width: grid.width, height: grid.height)
        let light = side.terms(of: planes.light, columns: max(3, columns), rows: max(3, rows))
        let yellowBlue = side.terms(of: planes.yellowBlue, columns: 3, rows: 3)
        let redGreen = side.terms(of: planes.redGreen, columns: 3, rows: 3)
        let alpha = planes.hasAlpha ? side.terms(of: planes.alpha, columns: 5, rows: 5) : nil

        let isLandscape = grid.width > grid.height
        var bytes = head(light, yellowBlue, redGreen, hasAlpha: alpha != nil)
        let second =
            (isLandscape ? rows : columns) | quantized(yellowBlue.scale, 63) << 3 | quantized(redGreen.scale, 63) << 9
            | (isLandscape ? 1 : 0) << 15
        bytes += [UInt8(second & 255), UInt8(second >> 8)]
        if let alpha { bytes.append(UInt8(quantized(alpha.mean, 15) | quantized(alpha.scale, 15) << 4)) }
        return bytes + nibbles([light, yellowBlue, redGreen] + (alpha.map { [$0] } ?? []))
    }

    private static func head(
        _ light: CosineTerms,
        _ yellowBlue: CosineTerms,
        _ redGreen: CosineTerms,
        hasAlpha: Bool
    ) -> [UInt8] {
        let first =
            quantized(light.mean, 63) | quantized(0.5 + 0.5 * yellowBlue.mean, 63) << 6
            | quantized(0.5 + 0.5 * redGreen.mean, 63) << 12 | quantized(light.scale, 31) << 18
            | (hasAlpha ? 1 : 0) << 23
        return [UInt8(first & 255), UInt8(first >> 8 & 255), UInt8(first >> 16)]
    }

    /// All terms, two a byte, the first in the lower half.
    private static func nibbles(_ channels: [CosineTerms]) -> [UInt8] {
        let values = channels.flatMap { terms in terms.rest.map { quantized($0, 15) } }
        return stride(from: 0, to: values.count, by: 2).map { index in
            UInt8(values[index] | (index + 1 < values.count ? values[index + 1] << 4 : 0))
        }
    }

    /// A value between 0 and 1 as one of `most` + 1 steps.
    private static func quantized(_ value: Double, _ most: Double) -> Int {
        Int((most * min(1, max(0, value))).rounded())
    }
}

/// A picture's channels as the hash wants them: transparent pixels take the average colour.
private struct ColorPlanes {
    var light: [Double] = []
    var yellowBlue: [Double] = []
    var redGreen: [Double] = []
    var alpha: [Double] = []
    let hasAlpha: Bool

    init(_ grid: PixelGrid) {
        let starts = stride(from: 0, to: grid.bytes.count, by: 4)
        let pixels: [SIMD4<Double>] = starts.map { Self.pixel(grid.bytes, at: $0) }
        var opacity: Double = 0
        var average = SIMD4<Double>()
        for pixel in pixels {
            opacity += pixel.w
            average += pixel * pixel.w
        }
        if opacity > 0 { average /= opacity }
        hasAlpha = starts.contains { grid.bytes[$0 + 3] < 255 }
        for pixel in pixels { append(average * (1 - pixel.w) + pixel * pixel.w, opacity: pixel.w) }
    }

    private static func pixel(_ bytes: [UInt8], at start: Int) -> SIMD4<Double> {
        let channels = SIMD4<UInt8>(bytes[start], bytes[start + 1], bytes[start + 2], bytes[start + 3])
        return SIMD4<Double>(channels) / 255
    }

    private mutating func append(_ color: SIMD4<Double>, opacity: Double) {
        light.append((color.x + color.y + color.z) / 3)
        yellowBlue.append((color.x + color.y) / 2 - color.z)
        redGreen.append(color.x - color.y)
        alpha.append(opacity)
    }
}

/// The lowest terms of a transform: the mean, and the rest between 0 and 1 with what they were divided by.
private struct CosineTerms {
    let mean: Double
    let scale: Double
    let rest: [Double]
}

/// A discrete cosine transform of small pictures of one size.
private struct CosineTransform {
    let width: Int
    let height: Int

    /// The terms of the triangle below `columns` and `rows`, row by row.
    func terms(of channel: [Double], columns: Int, rows: Int) -> CosineTerms {
        let across = (0..<columns).map { Self.waves($0, length: width) }
        let down = (0..<rows).map { Self.waves($0, length: height) }
        var mean: Double = 0
        var rest: [Double] = []
        for row in 0..<rows {
            for column in 0..<columns where column * rows < columns * (rows - row) {
                let term = sum(of: channel, across[column], down[row]) / Double(width * height)
                if row == 0, column == 0 { mean = term } else { rest.append(term) }
            }
        }
        let scale = rest.reduce(0) { max($0, abs($1)) }
        if scale > 0 { rest = rest.map { 0.5 + 0.5 / scale * $0 } }
        return CosineTerms(mean: mean, scale: scale, rest: rest)
    }

    private func sum(of channel: [Double], _ across: [Double], _ down: [Double]) -> Double {
        var total: Double = 0
        for y in 0..<height {
            var line: Double = 0
            for x in 0..<width { line += channel[y * width + x] * across[x] }
            total += line * down[y]
        }
        return total
    }

    /// One cosine, sampled in the middle of each pixel.
    private static func waves(_ frequency: Int, length: Int) -> [Double] {
        (0..<length).map { cos(.pi / Double(length) * Double(frequency) * (Double($0) + 0.5)) }
    }
}
