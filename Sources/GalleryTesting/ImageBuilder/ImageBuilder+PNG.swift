extension ImageBuilder {
    /// What is special about a PNG.
    package struct PNGOptions: Sendable {
        /// More than one makes an animated PNG.
        package var frameCount = 1
        /// An `eXIf` chunk before the pixels; its identifier is left out, as PNG wants.
        package var exif: ExifFixture?
        /// Whole chunks between signature and `IHDR`, such as Apple's `CgBI`.
        package var beforeHeader: [UInt8] = []
        /// Whole chunks between `IHDR` and the pixels.
        package var beforePixels: [UInt8] = []
        /// Whole chunks between the pixels and `IEND`.
        package var afterPixels: [UInt8] = []
        /// Off: the `IDAT` chunk is empty.
        package var hasPixels = true

        /// Describes a still PNG.
        package init() {}
    }

    /// Makes a PNG with a palette of eight colours and one byte a pixel, stored without compression.
    ///
    /// - Parameters:
    ///   - width: Width, from 1 to 2³¹ − 1; any other number of 32 bits makes a bad file.
    ///   - height: Height, likewise.
    ///   - seed: Chooses the colours.
    ///   - options: What is special.
    /// - Returns: The bytes of the file.
    package static func png(
        width: Int,
        height: Int,
        seed: UInt64 = 0,
        options: PNGOptions = PNGOptions()
    ) -> [UInt8] {
        let sides = bigEndian(width) + bigEndian(height)
        var file: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
        file += options.beforeHeader
        file += pngChunk("IHDR", sides + [8, 3, 0, 0, 0])
        file += options.beforePixels
        if var exif = options.exif {
            exif.hasIdentifier = false
            file += pngChunk("eXIf", exif.bytes)
        }
        if options.frameCount > 1 { file += pngChunk("acTL", bigEndian(options.frameCount) + bigEndian(0)) }
        file += pngChunk("PLTE", Palette(seed: seed).colors.flatMap { [$0.red, $0.green, $0.blue] })
        for frame in 0..<options.frameCount {
            let pixels = options.hasPixels ? Zlib.stored(rows(width: width, height: height, shift: frame)) : []
            let control = sides + bigEndian(0) + bigEndian(0) + [0, 1, 0, 10, 0, 0]
            if options.frameCount > 1 { file += pngChunk("fcTL", bigEndian(max(0, frame * 2 - 1)) + control) }
            file += frame == 0 ? pngChunk("IDAT", pixels) : pngChunk("fdAT", bigEndian(frame * 2) + pixels)
        }
        return file + options.afterPixels + pngChunk("IEND", [])
    }

    /// Makes a PNG chunk.
    ///
    /// - Parameters:
    ///   - name: Its four letters.
    ///   - body: What it holds.
    /// - Returns: Length, name, body and checksum.
    package static func pngChunk(_ name: String, _ body: [UInt8]) -> [UInt8] {
        let checked = Array(name.utf8) + body
        return bigEndian(body.count) + checked + bigEndian(Zlib.crc32(checked))
    }

    /// Rows of palette indices, each after its filter byte; an animation moves the bands by one a frame.
    private static func rows(width: Int, height: Int, shift: Int) -> [UInt8] {
        var rows: [UInt8] = []
        rows.reserveCapacity((width + 1) * height)
        for row in 0..<height {
            let index = (Palette.band(ofRow: row, of: height) + shift) % 8
            rows.append(0)
            rows.append(contentsOf: repeatElement(UInt8(index), count: width))
        }
        return rows
    }

    private static func bigEndian(_ value: Int) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.appendBigEndian(value, byteCount: 4)
        return bytes
    }
}
