/// The smallest EXIF block: an orientation and nothing else (CIPA DC-008, 4.6.4).
enum OrientationBlock {
    /// What precedes the block in JPEG.
    static let identifier: [UInt8] = Array("Exif\0\0".utf8)

    /// A directory without entries, for where a block has to be but has nothing to say.
    static let empty: [UInt8] = [0x4D, 0x4D, 0, 42, 0, 0, 0, 8, 0, 0, 0, 0, 0, 0]

    /// The block, without identifier.
    ///
    /// - Parameter orientation: What it says.
    /// - Returns: 26 bytes: header, one entry, no further directory.
    static func tiff(_ orientation: ImageOrientation) -> [UInt8] {
        [0x4D, 0x4D, 0, 42, 0, 0, 0, 8, 0, 1]
            + [0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, UInt8(truncatingIfNeeded: orientation.rawValue), 0, 0]
            + [0, 0, 0, 0]
    }
}
