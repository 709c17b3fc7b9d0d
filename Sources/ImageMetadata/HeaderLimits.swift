/// How far a header is followed through a file.
enum HeaderLimits {
    /// Bytes of the first range: enough for the header of 97 of 100 camera JPEGs.
    static let firstRangeByteCount = 64 * 1024
    /// Bytes asked for in all; as each range is twice the last one, these are five ranges at most.
    static let byteCount = 1024 * 1024
    /// Bytes of a text chunk that are looked at.
    static let textByteCount = 128 * 1024
    /// Bytes of an EXIF chunk that are looked at; a JPEG segment cannot hold more either.
    static let exifByteCount = 64 * 1024
}
