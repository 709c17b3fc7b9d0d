extension ImageBuilder {
    /// What is special about a GIF.
    package struct GIFOptions: Sendable {
        /// More than one makes an animation that loops for ever.
        package var frameCount = 1
        /// `87a` or `89a`.
        package var version = "89a"
        /// Off: each frame has a descriptor and no codes.
        package var hasPixels = true

        /// Describes a still GIF.
        package init() {}
    }

    /// Makes a GIF with eight colours, one byte a pixel.
    ///
    /// - Parameters:
    ///   - width: Width of canvas and frames, 1…65535, or 0 for a bad file.
    ///   - height: Height, likewise.
    ///   - seed: Chooses the colours.
    ///   - options: What is special.
    /// - Returns: The bytes of the file.
    package static func gif(
        width: Int,
        height: Int,
        seed: UInt64 = 0,
        options: GIFOptions = GIFOptions()
    ) -> [UInt8] {
        var file = Array("GIF\(options.version)".utf8)
        file.appendLittleEndian(width, byteCount: 2)
        file.appendLittleEndian(height, byteCount: 2)
        file += [0xF2, 0, 0]
        file += Palette(seed: seed).colors.flatMap { [$0.red, $0.green, $0.blue] }
        if options.frameCount > 1 {
            file += [0x21, 0xFF, 11] + Array("NETSCAPE2.0".utf8) + [3, 1, 0, 0, 0]
        }
        for frame in 0..<options.frameCount {
            file += [0x21, 0xF9, 4, 0, 10, 0, 0, 0]
            file += [0x2C, 0, 0, 0, 0]
            file.appendLittleEndian(width, byteCount: 2)
            file.appendLittleEndian(height, byteCount: 2)
            file += [0, 7]
            if options.hasPixels { file += codes(width: width, height: height, shift: frame) }
            file.append(0)
        }
        return file + [0x3B]
    }

    /// Sub-blocks of LZW codes that stay at eight bits: a clear code (128) comes before the ninth bit would.
    private static func codes(width: Int, height: Int, shift: Int) -> [UInt8] {
        var codes: [UInt8] = []
        for row in 0..<height {
            let index = UInt8((Palette.band(ofRow: row, of: height) + shift) % 8)
            for column in 0..<width {
                if (row * width + column) % 100 == 0 { codes.append(128) }
                codes.append(index)
            }
        }
        codes.append(129)
        return stride(from: 0, to: codes.count, by: 255).flatMap { start in
            let block = codes.dropFirst(start).prefix(255)
            return [UInt8(block.count)] + block
        }
    }
}
