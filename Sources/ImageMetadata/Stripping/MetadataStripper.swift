/// Takes out of a picture file what is no part of the picture, without touching a pixel.
///
/// What goes: EXIF, XMP, IPTC, makers' notes, comments and other texts, times, thumbnails, further pictures behind the
/// first one, chunks and segments of unknown meaning, and whatever stands behind the end of the picture. What stays:
/// the coded pixels bit by bit, colour profiles and what else decides how the pixels are shown, the orientation (as the
/// only entry of an EXIF block where the format has no other place for it), animation and looping.
///
/// ```swift
/// let edits = try MetadataStripper(format: header.format).edits(of: file.span)
/// for piece in edits.pieces { … }
/// ```
///
/// A file may hold anything: the stripper neither traps, nor loops, nor allocates by a number that the file declares.
/// A file that ends too early is cleaned as far as it goes. Stripping what was stripped changes nothing.
public struct MetadataStripper: Sendable {
    private let format: ImageFormat

    /// Chooses the format.
    ///
    /// - Parameter format: As ``ImageHeader/format`` tells it.
    public init(format: ImageFormat) {
        self.format = format
    }

    /// Finds out what the clean file is made of.
    ///
    /// - Parameter bytes: The whole file: `array.span`, or a span over any other memory.
    /// - Returns: The pieces of the clean file; a file with nothing to take out is one piece, itself.
    /// - Throws: ``ImageMetadataError/notStrippable(_:)`` for TIFF and BMP, which are never published as they are;
    ///   else why the file cannot be walked, or not be cleaned without harm.
    public func edits(of bytes: Span<UInt8>) throws(ImageMetadataError) -> EditList {
        switch format {
        case .jpeg:
            var stripper = JPEGStripper()
            return try stripper.strip(bytes)
        case .png:
            var stripper = PNGStripper()
            return try stripper.strip(bytes)
        case .gif:
            var stripper = GIFStripper()
            return try stripper.strip(bytes)
        case .webp:
            var stripper = WebPStripper()
            return try stripper.strip(bytes)
        case .avif, .heic:
            return try HEIFStripper().strip(bytes)
        case .tiff, .bmp:
            throw .notStrippable(format)
        }
    }
}
