/// Why a file has no readable header, or cannot be cleaned; carries offsets, never bytes of the file.
public enum ImageMetadataError: Error, Sendable, Equatable {
    /// The file has no bytes.
    case empty
    /// The file begins like none of ours; what it is instead, if that can be told.
    case unknownFormat(ForeignFormat?)
    /// The file ends at this offset, before its header does.
    case truncated(at: Int)
    /// The header breaks a rule of its format at this offset.
    case malformed(HeaderFlaw, at: Int)
    /// The sides at this offset say that the picture has no pixels.
    case zeroSide(at: Int)
    /// The header goes on at this offset, but as many bytes as allowed were asked for.
    case headerTooLong(at: Int)
    /// The caller brought bytes from this offset, which do not begin the range that was asked for.
    case misplacedBytes(at: Int)
    /// A file of this format is not cleaned as it is.
    case notStrippable(ImageFormat)
}
