/// A small picture in memory: red, green, blue and alpha of each pixel, row by row, 8 bits each.
package struct PixelGrid: Equatable, Sendable {
    package let width: Int
    package let height: Int
    /// Four bytes a pixel.
    package let bytes: [UInt8]

    /// Takes pixels of three or four channels.
    ///
    /// - Returns: `nil` when the bytes do not fit the sides, or there are no pixels.
    package init?(width: Int, height: Int, channels: Int, bytes: [UInt8]) {
        guard width > 0, height > 0, channels == 3 || channels == 4, bytes.count == width * height * channels else {
            return nil
        }
        self.width = width
        self.height = height
        guard channels == 3 else {
            self.bytes = bytes
            return
        }
        var full: [UInt8] = []
        full.reserveCapacity(width * height * 4)
        for start in stride(from: 0, to: bytes.count, by: 3) {
            full += bytes[start..<start + 3]
            full.append(.max)
        }
        self.bytes = full
    }
}
