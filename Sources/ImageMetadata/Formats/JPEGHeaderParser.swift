/// Reads JPEG segments up to the frame header, and on to the pixels while no EXIF block was seen (ISO/IEC 10918-1, B).
///
/// Segments are skipped by their length, never searched: the thumbnail inside an EXIF block has a frame header of its
/// own. Bytes that belong to no segment are passed over as libjpeg does, but only so many of them. An EXIF block
/// between frame header and pixels is unusual, yet browsers turn the picture by it.
struct JPEGHeaderParser: HeaderParser {
    /// How many bytes outside of segments are passed over in all, fill bytes included.
    static let strayByteLimit = 16 * 1024

    private(set) var resumeOffset = 2
    private var sides: PixelSides?
    private var orientation: ImageOrientation?
    private var camera: CameraData?
    private var strayByteCount = 0

    var knownHeader: ImageHeader? {
        sides.map { sides in
            var header = ImageHeader(
                format: .jpeg,
                stored: sides,
                orientation: orientation ?? .up,
                isAnimated: false
            )
            header.camera = camera
            return header
        }
    }

    mutating func parse(_ window: FileWindow) throws(HeaderInterruption) -> ImageHeader {
        while true {
            let marker = try findMarker(in: window)
            if marker == 0xD9 || marker == 0xDA {
                guard let knownHeader else { throw .failed(.malformed(.missingFrame, at: resumeOffset)) }
                return knownHeader
            }
            var segment = window.cursor(at: resumeOffset)
            try segment.skip(2)
            try readSegment(marker, &segment)
            resumeOffset = segment.position
            if orientation != nil, let knownHeader { return knownHeader }
        }
    }

    /// Moves `resumeOffset` to the next marker that begins a segment and tells its code.
    private mutating func findMarker(in window: FileWindow) throws(HeaderInterruption) -> UInt8 {
        while strayByteCount <= Self.strayByteLimit {
            var cursor = window.cursor(at: resumeOffset)
            guard try cursor.popByte() == 0xFF else {
                pass(1)
                continue
            }
            let code = try cursor.popByte()
            switch code {
            case 0xFF: pass(1)
            case 0x00, 0x01, 0xD0...0xD8: pass(2)
            default: return code
            }
        }
        throw .failed(.malformed(.strayBytes, at: resumeOffset))
    }

    private mutating func pass(_ byteCount: Int) {
        resumeOffset += byteCount
        strayByteCount += byteCount
    }

    private mutating func readSegment(_ marker: UInt8, _ segment: inout ByteCursor) throws(HeaderInterruption) {
        let length = try segment.popUInt16(.bigEndian)
        guard length >= 2 else { throw .failed(.malformed(.segmentLength, at: resumeOffset)) }
        let bodyByteCount = length - 2
        switch marker {
        case 0xC0...0xC3, 0xC5...0xC7, 0xC9...0xCB, 0xCD...0xCF:
            try readFrameHeader(try segment.pop(bodyByteCount), at: segment.position - bodyByteCount)
        case 0xE1:
            readExif(try segment.pop(bodyByteCount))
        case 0xC4, 0xCC, 0xDB, 0xDC, 0xDD, 0xE0, 0xE2...0xEF, 0xFE:
            try segment.skip(bodyByteCount)
        default:
            throw .failed(.malformed(.segmentMarker, at: resumeOffset))
        }
    }

    /// The first EXIF block decides, even when it is broken; any later one belongs to somebody else.
    private mutating func readExif(_ body: ArraySlice<UInt8>) {
        guard orientation == nil, body.starts(with: ExifBlock.identifier) else { return }
        let exif = ExifBlock(body)
        orientation = exif.orientation
        camera = exif.camera
    }

    private mutating func readFrameHeader(_ body: ArraySlice<UInt8>, at offset: Int) throws(HeaderInterruption) {
        guard sides == nil else { throw .failed(.malformed(.segmentMarker, at: resumeOffset)) }
        let flaw = HeaderInterruption.failed(.malformed(.segmentLength, at: resumeOffset))
        guard body.count >= 6 else { throw flaw }
        var cursor = FileWindow(whole: body).cursor(at: 1)
        let height = try cursor.popUInt16(.bigEndian)
        let width = try cursor.popUInt16(.bigEndian)
        let componentCount = Int(try cursor.popByte())
        guard componentCount > 0, body.count == 6 + 3 * componentCount else { throw flaw }
        guard height > 0 else { throw .failed(.malformed(.deferredHeight, at: offset + 1)) }
        sides = try PixelSides(width: width, height: height, at: offset + 1)
    }
}
