/// Reads the first chunk of a WebP and, if that announces one, its EXIF chunk (RFC 9649).
///
/// The EXIF chunk stands after the pixels, so it is fetched by a range of its own. A file that lacks it is read as one
/// that does not announce it. Its orientation counts, as for ExifTool and libvips; Chromium 156 does not turn a WebP.
struct WebPHeaderParser: HeaderParser {
    private(set) var resumeOffset = 12
    private var sides: PixelSides?
    private var orientation = ImageOrientation.up
    private var camera: CameraData?
    private var isAnimated = false
    /// Where the search for an announced EXIF chunk ends; 0 when none is announced.
    private var exifSearchEnd = 0

    var knownHeader: ImageHeader? {
        sides.map(header)
    }

    mutating func parse(_ window: FileWindow) throws(HeaderInterruption) -> ImageHeader {
        let sides = if let known = self.sides { known } else { try readFirstChunk(window) }
        self.sides = sides
        while resumeOffset + 8 <= exifSearchEnd {
            try readChunk(window)
        }
        return header(sides)
    }

    private func header(_ sides: PixelSides) -> ImageHeader {
        var header = ImageHeader(
            format: .webp,
            stored: sides,
            orientation: orientation,
            isAnimated: isAnimated
        )
        header.camera = camera
        return header
    }

    private mutating func readFirstChunk(
        _ window: FileWindow
    ) throws(HeaderInterruption)
        -> PixelSides
    {
        var cursor = window.cursor(at: resumeOffset)
        let chunk = try popChunkHeader(&cursor)
        var riff = window.cursor(at: 4)
        let riffEnd = try popLength(&riff) + 8
        let body = cursor
        guard cursor.position + chunk.byteCount <= riffEnd else {
            throw .failed(.malformed(.missingBitstream, at: resumeOffset))
        }
        let sides: PixelSides
        switch chunk.name {
        case "VP8 " where chunk.byteCount >= 10:
            sides = try lossySides(body)
        case "VP8L" where chunk.byteCount >= 5:
            sides = try losslessSides(body)
        case "VP8X" where chunk.byteCount == 10:
            sides = try readExtendedHeader(body, riffEnd: riffEnd)
        default:
            throw .failed(.malformed(.missingBitstream, at: resumeOffset))
        }
        resumeOffset = cursor.position + chunk.byteCount
        return sides
    }

    /// The frame tag of a VP8 key frame (RFC 6386, 9.1); the upper two bits of a side are a scale for display.
    private func lossySides(_ body: ByteCursor) throws(HeaderInterruption) -> PixelSides {
        var cursor = body
        let isKeyFrame = try cursor.popUInt24(.littleEndian) & 1 == 0
        guard isKeyFrame, try cursor.popUInt24(.bigEndian) == 0x9D012A else {
            throw .failed(.malformed(.bitstreamHeader, at: body.position))
        }
        let width = try cursor.popUInt16(.littleEndian) & 0x3FFF
        let height = try cursor.popUInt16(.littleEndian) & 0x3FFF
        return try PixelSides(width: width, height: height, at: body.position + 6)
    }

    /// The header of a lossless frame: signature, two sides of 14 bits less one, an alpha bit, three version bits.
    private func losslessSides(_ body: ByteCursor) throws(HeaderInterruption) -> PixelSides {
        var cursor = body
        let signature = try cursor.popByte()
        let bits = try cursor.popUInt32(.littleEndian)
        guard signature == 0x2F, bits >> 29 == 0 else {
            throw .failed(.malformed(.bitstreamHeader, at: body.position))
        }
        let width = Int(bits & 0x3FFF) + 1
        let height = Int(bits >> 14 & 0x3FFF) + 1
        return try PixelSides(width: width, height: height, at: body.position + 1)
    }

    /// The extended header: the canvas is the answer, whatever the frames in it say.
    private mutating func readExtendedHeader(
        _ body: ByteCursor,
        riffEnd: Int
    ) throws(HeaderInterruption) -> PixelSides {
        var cursor = body
        let flags = try cursor.popByte()
        try cursor.skip(3)
        let width = try cursor.popUInt24(.littleEndian) + 1
        let height = try cursor.popUInt24(.littleEndian) + 1
        isAnimated = flags & 0x02 != 0
        exifSearchEnd = flags & 0x08 != 0 ? riffEnd : 0
        return try PixelSides(width: width, height: height, at: body.position + 4)
    }

    private mutating func readChunk(_ window: FileWindow) throws(HeaderInterruption) {
        var cursor = window.cursor(at: resumeOffset)
        let chunk = try popChunkHeader(&cursor)
        if chunk.name == "EXIF" {
            let byteCount = min(chunk.byteCount, cursor.remainingByteCount, HeaderLimits.exifByteCount)
            let exif = ExifBlock(try cursor.pop(byteCount))
            orientation = exif.orientation
            camera = exif.camera
            exifSearchEnd = 0
            return
        }
        try cursor.skip(chunk.byteCount)
        try cursor.skip(chunk.byteCount % 2)
        resumeOffset = cursor.position
    }

    private func popChunkHeader(
        _ cursor: inout ByteCursor
    ) throws(HeaderInterruption) -> (name: ChunkName, byteCount: Int) {
        let name = ChunkName(code: try cursor.popUInt32(.bigEndian))
        return (name, try popLength(&cursor))
    }

    private func popLength(_ cursor: inout ByteCursor) throws(HeaderInterruption) -> Int {
        let offset = cursor.position
        guard let length = Int32(exactly: try cursor.popUInt32(.littleEndian)) else {
            throw .failed(.malformed(.missingBitstream, at: offset))
        }
        return Int(length)
    }
}
