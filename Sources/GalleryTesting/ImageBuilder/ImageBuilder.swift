/// Makes small real pictures for tests; equal arguments make equal bytes, different seeds different pictures.
///
/// JPEG (baseline, extended, progressive), PNG, APNG, GIF and lossless WebP open in any viewer: eight bands of colour
/// drawn from the seed (WebP: one colour). Lossy WebP, JPEG of the rarer kinds, and everything made with `hasPixels`
/// off, has a true header and nothing to see behind it.
///
/// The builder shares no code with the parsers it tests.
package enum ImageBuilder {
    /// Makes a picture of the named kind with nothing special about it.
    ///
    /// - Parameters:
    ///   - kind: The format.
    ///   - width: Stored width, from 1 on.
    ///   - height: Stored height, from 1 on.
    ///   - seed: Chooses the colours.
    /// - Returns: The bytes of the file.
    package static func picture(_ kind: Kind, width: Int, height: Int, seed: UInt64 = 0) -> [UInt8] {
        switch kind {
        case .jpeg: jpeg(width: width, height: height, seed: seed)
        case .png: png(width: width, height: height, seed: seed)
        case .gif: gif(width: width, height: height, seed: seed)
        case .webp: webp(width: width, height: height, seed: seed)
        }
    }

    /// The formats the builder knows; raw values are media subtypes.
    package enum Kind: String, Sendable, CaseIterable {
        /// Baseline JPEG.
        case jpeg
        /// Still PNG.
        case png
        /// Still GIF.
        case gif
        /// Lossless WebP.
        case webp
    }
}
