/// A picture format this kit can read.
public enum ImageFormat: String, Sendable, CaseIterable {
    /// JPEG of any kind: baseline, progressive, lossless, arithmetic.
    case jpeg
    /// PNG, still or animated (APNG).
    case png
    /// GIF, 87a or 89a.
    case gif
    /// WebP, lossy, lossless or extended.
    case webp
    /// AVIF, a picture or a sequence.
    case avif
    /// HEIC, and whatever else is in HEIF but AVIF.
    case heic
    /// TIFF and BigTIFF.
    case tiff
    /// A Windows or OS/2 bitmap.
    case bmp

    /// The IANA media type, as it stands in `Content-Type`.
    public var mediaType: String { "image/\(rawValue)" }

    /// The usual ending of a file name, lower case and without the dot.
    public var fileExtension: String { self == .jpeg ? "jpg" : rawValue }
}
