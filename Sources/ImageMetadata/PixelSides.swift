/// Width and height of a picture as stored, both at least 1.
struct PixelSides: Sendable, Equatable {
    let width: Int
    let height: Int

    /// Checks the sides a file declares.
    ///
    /// - Parameters:
    ///   - width: Declared width in pixels.
    ///   - height: Declared height in pixels.
    ///   - offset: Where in the file the sides stand, for the refusal.
    /// - Throws: ``ImageMetadataError/zeroSide(at:)`` when a side is not positive.
    init(width: Int, height: Int, at offset: Int) throws(HeaderInterruption) {
        guard width > 0, height > 0 else { throw .failed(.zeroSide(at: offset)) }
        self.width = width
        self.height = height
    }
}
