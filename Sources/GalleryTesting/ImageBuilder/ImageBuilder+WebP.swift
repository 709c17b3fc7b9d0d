extension ImageBuilder {
    /// What is special about a WebP.
    package struct WebPOptions: Sendable {
        /// The chunk that a file begins with.
        package enum Layout: Sendable, CaseIterable {
            /// `VP8L`: opens in any viewer.
            case lossless
            /// `VP8 `: a true frame header and no pixels.
            case lossy
            /// `VP8X`, then `VP8L`: opens in any viewer.
            case extended
        }

        /// The chunk that the file begins with; EXIF and animation make it extended.
        package var layout = Layout.lossless
        /// More than one makes an animation.
        package var frameCount = 1
        /// An `EXIF` chunk after the pixels.
        package var exif: ExifFixture?
        /// Whether EXIF is announced without being there.
        package var announcesMissingExif = false
        /// Whole chunks between the pixels and `EXIF`.
        package var beforeExif: [UInt8] = []

        /// Describes a lossless WebP.
        package init() {}
    }

    /// Makes a WebP of one colour.
    ///
    /// - Parameters:
    ///   - width: Width, 1…16384 (lossy: 16383; the canvas of an extended file may be larger than its frames can).
    ///   - height: Height, likewise.
    ///   - seed: Chooses the colour.
    ///   - options: What is special.
    /// - Returns: The bytes of the file.
    package static func webp(
        width: Int,
        height: Int,
        seed: UInt64 = 0,
        options: WebPOptions = WebPOptions()
    ) -> [UInt8] {
        let isAnimated = options.frameCount > 1
        let announcesExif = options.exif != nil || options.announcesMissingExif
        var chunks: [UInt8] = []
        if options.layout == .extended || announcesExif || isAnimated {
            let flags: UInt8 = (announcesExif ? 0x08 : 0) | (isAnimated ? 0x02 : 0)
            chunks += riffChunk("VP8X", [flags, 0, 0, 0] + littleEndian24(width - 1) + littleEndian24(height - 1))
        }
        if isAnimated { chunks += riffChunk("ANIM", [0, 0, 0, 0, 0, 0]) }
        for frame in 0..<options.frameCount {
            let pixels =
                options.layout == .lossy
                ? riffChunk("VP8 ", lossyFrame(width: width, height: height, seed: seed))
                : riffChunk("VP8L", losslessFrame(width: width, height: height, seed: seed &+ UInt64(frame)))
            let place = littleEndian24(0) + littleEndian24(0) + littleEndian24(width - 1) + littleEndian24(height - 1)
            chunks += isAnimated ? riffChunk("ANMF", place + littleEndian24(100) + [0] + pixels) : pixels
        }
        chunks += options.beforeExif
        if let exif = options.exif { chunks += riffChunk("EXIF", exif.bytes) }
        return riffChunk("RIFF", Array("WEBP".utf8) + chunks)
    }

    /// Makes a RIFF chunk.
    ///
    /// - Parameters:
    ///   - name: Its four characters.
    ///   - body: What it holds.
    /// - Returns: Name, length and body, with a zero byte after an odd one.
    package static func riffChunk(_ name: String, _ body: [UInt8]) -> [UInt8] {
        var chunk = Array(name.utf8)
        chunk.appendLittleEndian(body.count, byteCount: 4)
        chunk += body
        return body.count % 2 == 0 ? chunk : chunk + [0]
    }

    /// A lossless frame of one colour: each prefix code has one symbol of no bits, so the pixels need none either.
    private static func losslessFrame(width: Int, height: Int, seed: UInt64) -> [UInt8] {
        var writer = BitWriter(.lowestFirst)
        writer.append(0x2F, bitCount: 8)
        writer.append(width - 1, bitCount: 14)
        writer.append(height - 1, bitCount: 14)
        // No alpha, version 0, no transform, no colour cache, no meta prefix codes.
        writer.append(0, bitCount: 1 + 3 + 1 + 1 + 1)
        let color = Palette(seed: seed).colors[0]
        for symbol in [color.green, color.red, color.blue, 255] {
            // Simple code, one symbol, of eight bits.
            writer.append(0b101, bitCount: 3)
            writer.append(Int(symbol), bitCount: 8)
        }
        // The code of distances: simple, one symbol, of one bit, which is 0.
        writer.append(0b0001, bitCount: 4)
        writer.pad(with: 0)
        return writer.bytes
    }

    /// The header of a key frame, with the seed where pixels would be.
    private static func lossyFrame(width: Int, height: Int, seed: UInt64) -> [UInt8] {
        var frame: [UInt8] = [0x10, 0x01, 0x00, 0x9D, 0x01, 0x2A]
        frame.appendLittleEndian(width, byteCount: 2)
        frame.appendLittleEndian(height, byteCount: 2)
        frame.appendLittleEndian(Int(truncatingIfNeeded: seed), byteCount: 8)
        return frame
    }

    private static func littleEndian24(_ value: Int) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.appendLittleEndian(value, byteCount: 3)
        return bytes
    }
}
