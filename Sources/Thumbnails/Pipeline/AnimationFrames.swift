import ImageMetadata

/// How many frames an animated PNG says it has; libvips does not tell.
enum AnimationFrames {
    /// Reads `acTL`, which stands before the first pixels, where a PNG is animated at all (APNG specification).
    ///
    /// - Parameter file: A PNG.
    /// - Returns: The count; 1 for a still picture.
    static func count(ofPNG file: [UInt8]) -> Int {
        var offset = 8
        while file.count - offset >= 12 {
            let length = Int(number(file, at: offset))
            let name = file[offset + 4..<offset + 8]
            if name.elementsEqual("acTL".utf8) { return max(1, Int(number(file, at: offset + 8))) }
            guard !name.elementsEqual("IDAT".utf8), length <= file.count - offset - 12 else { return 1 }
            offset += 12 + length
        }
        return 1
    }

    private static func number(_ file: [UInt8], at offset: Int) -> UInt32 {
        file[offset..<offset + 4].reduce(0) { $0 << 8 | UInt32($1) }
    }
}
