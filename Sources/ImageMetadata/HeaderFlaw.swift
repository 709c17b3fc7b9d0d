/// A rule of a format that a header breaks.
public enum HeaderFlaw: Sendable, CaseIterable {
    /// JPEG: a segment's declared length does not cover its own fields.
    case segmentLength
    /// JPEG: a marker that no picture has before its frame header.
    case segmentMarker
    /// JPEG: the pixels, or the end of the picture, come before the frame header.
    case missingFrame
    /// JPEG: too many bytes that belong to no segment.
    case strayBytes
    /// JPEG: the height is left for a DNL segment after the pixels.
    case deferredHeight
    /// PNG: the first chunk is not an `IHDR` of 13 bytes.
    case missingIHDR
    /// PNG: the checksum of `IHDR` does not fit its bytes.
    case checksum
    /// PNG: a chunk's length is above 2³¹ − 1 or its type is not four letters.
    case chunkHeader
    /// PNG: a side is above 2³¹ − 1.
    case sideLength
    /// PNG: a chunk that has to be understood, but is in no specification.
    case criticalChunk
    /// GIF: a byte that begins no block, before the first frame.
    case blockKind
    /// WebP: the first chunk is none of `VP8 `, `VP8L` and `VP8X`, or its length cannot be true.
    case missingBitstream
    /// WebP: the frame is no key frame, or its start code, signature or version is wrong.
    case bitstreamHeader
    /// AVIF, HEIC: no primary item with a size, or boxes that do not fit into each other.
    case primaryItem
    /// AVIF, HEIC: the table of places cannot be read, or gives a picture bytes that belong to something else.
    case itemLocation
    /// TIFF: the first directory is out of place, or lacks the sides.
    case directory
    /// BMP: the header's length is none that exists.
    case bitmapHeader

    /// The flaw in words, to follow "the file has".
    public var phrase: String {
        switch self {
        case .segmentLength: "a JPEG segment with an impossible length"
        case .segmentMarker: "a JPEG marker that belongs in no header"
        case .missingFrame: "a JPEG without a frame header before its pixels"
        case .strayBytes: "too many stray bytes between its JPEG segments"
        case .deferredHeight: "a JPEG header that leaves the height for later"
        case .missingIHDR: "a PNG signature without an IHDR chunk after it"
        case .checksum: "an IHDR chunk whose checksum is wrong"
        case .chunkHeader: "a PNG chunk with an impossible length or type"
        case .sideLength: "a PNG side longer than PNG allows"
        case .criticalChunk: "a PNG chunk that must be understood, and is not"
        case .blockKind: "a GIF block of an unknown kind before its first frame"
        case .missingBitstream: "a WebP signature without a picture after it"
        case .bitstreamHeader: "a WebP frame with a wrong start code, signature or version"
        case .primaryItem: "no picture of a known size in its boxes"
        case .itemLocation: "pictures in its boxes that are not where they may be"
        case .directory: "a TIFF directory that is out of place or lacks the sides"
        case .bitmapHeader: "a BMP header of an unknown kind"
        }
    }
}
