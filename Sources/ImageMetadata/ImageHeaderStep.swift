/// What an ``ImageHeaderReader`` says after each range of bytes.
public enum ImageHeaderStep: Sendable, Equatable {
    /// The header is known; no more bytes are wanted.
    case header(ImageHeader)
    /// Read these bytes of the file (offsets, never empty, never past the end) and hand them to the reader.
    case needs(Range<Int>)
    /// The file has no readable header, and why.
    case unreadable(ImageMetadataError)
}
