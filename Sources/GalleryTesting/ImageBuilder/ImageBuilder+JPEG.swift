extension ImageBuilder {
    /// What is special about a JPEG.
    package struct JPEGOptions: Sendable {
        /// The marker of the frame header: 0xC0 baseline, 0xC1 extended, 0xC2 progressive, others without pixels to
        /// see.
        package var frameMarker: UInt8 = 0xC0
        /// The first segment after SOI.
        package var exif: ExifFixture?
        /// Whole segments, or any stray bytes, before the frame header.
        package var beforeFrame: [UInt8] = []
        /// Whole segments, or any stray bytes, between the frame header and the pixels.
        package var afterFrame: [UInt8] = []
        /// Off: the file has neither tables nor a scan, only its header.
        package var hasPixels = true

        /// Describes a baseline JPEG without EXIF.
        package init() {}
    }

    /// Makes a JPEG of three components.
    ///
    /// - Parameters:
    ///   - width: Stored width, 1…65535.
    ///   - height: Stored height, 1…65535, or 0 for one that is declared too late.
    ///   - seed: Chooses the colours.
    ///   - options: What is special.
    /// - Returns: The bytes of the file.
    package static func jpeg(
        width: Int,
        height: Int,
        seed: UInt64 = 0,
        options: JPEGOptions = JPEGOptions()
    ) -> [UInt8] {
        var file: [UInt8] = [0xFF, 0xD8]
        if let exif = options.exif { file += jpegSegment(0xE1, exif.bytes) }
        file += options.beforeFrame
        if options.hasPixels { file += jpegSegment(0xDB, [0] + [UInt8](repeating: 8, count: 64)) }
        file += frameHeader(marker: options.frameMarker, width: width, height: height)
        file += options.afterFrame
        let isProgressive = options.frameMarker & 0x03 == 2
        let scanHeader = jpegSegment(0xDA, [3, 1, 0, 2, 0, 3, 0, 0, isProgressive ? 0 : 63, 0])
        if options.hasPixels {
            file += huffmanTables + scanHeader
            file += scan(width: width, height: height, palette: Palette(seed: seed), isProgressive: isProgressive)
        } else {
            file += scanHeader
        }
        return file + [0xFF, 0xD9]
    }

    /// Makes a JPEG segment.
    ///
    /// - Parameters:
    ///   - marker: The second byte of its marker.
    ///   - body: What follows its length, at most 65533 bytes.
    /// - Returns: Marker, length and body.
    package static func jpegSegment(_ marker: UInt8, _ body: [UInt8]) -> [UInt8] {
        var segment = [0xFF, marker]
        segment.appendBigEndian(body.count + 2, byteCount: 2)
        return segment + body
    }

    /// Twelve DC categories of four bits each; one AC symbol, the end of a block, of one bit.
    private static let huffmanTables =
        jpegSegment(0xC4, [0x00, 0, 0, 0, 12] + [UInt8](repeating: 0, count: 12) + Array(0..<12))
        + jpegSegment(0xC4, [0x10, 1] + [UInt8](repeating: 0, count: 15) + [0])

    private static func frameHeader(marker: UInt8, width: Int, height: Int) -> [UInt8] {
        var body: [UInt8] = [8]
        body.appendBigEndian(height, byteCount: 2)
        body.appendBigEndian(width, byteCount: 2)
        return jpegSegment(marker, body + [3, 1, 0x11, 0, 2, 0x11, 0, 3, 0x11, 0])
    }

    /// One block a component and place, each of one colour: only the first of a band differs from the one before it.
    private static func scan(width: Int, height: Int, palette: Palette, isProgressive: Bool) -> [UInt8] {
        var writer = BitWriter(.highestFirst)
        var previous = [0, 0, 0]
        let (columnCount, rowCount) = ((width + 7) / 8, (height + 7) / 8)
        for row in 0..<rowCount {
            let color = palette.colors[Palette.band(ofRow: row, of: rowCount)]
            // The colour's three numbers serve as luma and chroma: any three make a colour.
            let levels = [Int(color.red) - 128, Int(color.green) - 128, Int(color.blue) - 128]
            for _ in 0..<columnCount {
                for component in 0..<3 {
                    append(difference: levels[component] - previous[component], to: &writer)
                    if !isProgressive { writer.append(0, bitCount: 1) }
                    previous[component] = levels[component]
                }
            }
        }
        writer.pad(with: 1)
        return writer.bytes.flatMap { $0 == 0xFF ? [0xFF, 0x00] : [$0] }
    }

    private static func append(difference: Int, to writer: inout BitWriter) {
        let bitCount = Int.bitWidth - difference.magnitude.leadingZeroBitCount
        writer.append(bitCount, bitCount: 4)
        writer.append(difference < 0 ? difference - 1 : difference, bitCount: bitCount)
    }
}
