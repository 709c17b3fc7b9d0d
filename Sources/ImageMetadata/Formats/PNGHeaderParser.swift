/// Reads PNG chunks up to the first `IDAT` (PNG specification, third edition).
///
/// An `eXIf` chunk counts only before the pixels, as in browsers: Chromium 156 turns a picture by the one before
/// `IDAT` and not by the one after it. So the answer never depends on the far end of the file. What a camera wrote is
/// also taken from the raw profiles in texts that were used before there was `eXIf`; browsers do not turn by those.
struct PNGHeaderParser: HeaderParser {
    private(set) var resumeOffset = 8
    private var sides: PixelSides?
    private var orientation: ImageOrientation?
    private var camera: CameraData?
    private var frameCount: Int?

    var knownHeader: ImageHeader? {
        sides.map { header($0, frameCount: frameCount) }
    }

    mutating func parse(_ window: FileWindow) throws(HeaderInterruption) -> ImageHeader {
        let sides = if let known = self.sides { known } else { try readImageHeader(window) }
        self.sides = sides
        while try readChunk(window) {}
        return header(sides, frameCount: frameCount ?? 1)
    }

    private func header(_ sides: PixelSides, frameCount: Int?) -> ImageHeader {
        var header = ImageHeader(
            format: .png,
            stored: sides,
            orientation: orientation ?? .up,
            isAnimated: frameCount.map { $0 > 1 }
        )
        header.frameCount = frameCount
        header.camera = camera
        return header
    }

    /// Reads one chunk; answers whether the pixels are still to come.
    private mutating func readChunk(_ window: FileWindow) throws(HeaderInterruption) -> Bool {
        var cursor = window.cursor(at: resumeOffset)
        let chunk = try popChunkHeader(&cursor)
        var body = cursor
        switch chunk.name {
        case "IDAT", "IEND":
            return false
        case "acTL" where chunk.byteCount == 8:
            frameCount = max(1, Int(try body.popUInt32(.bigEndian)))
        case "eXIf" where orientation == nil:
            let exif = ExifBlock(try body.pop(min(chunk.byteCount, HeaderLimits.exifByteCount)))
            orientation = exif.orientation
            camera = exif.camera
        case "tEXt", "zTXt", "iTXt":
            try readText(chunk.name, &body, byteCount: chunk.byteCount)
        default:
            break
        }
        try cursor.skip(chunk.byteCount)
        try cursor.skip(4)
        resumeOffset = cursor.position
        return true
    }

    /// Looks for what a camera wrote into a text; `eXIf` goes before it, and alone decides on the orientation.
    private mutating func readText(
        _ name: ChunkName,
        _ body: inout ByteCursor,
        byteCount: Int
    ) throws(HeaderInterruption) {
        guard camera == nil, byteCount <= HeaderLimits.textByteCount else { return }
        // A text that is not whole at hand is not fetched for the camera's sake.
        guard let text = try? body.pop(byteCount), let block = RawProfile.bytes(in: text, of: name) else { return }
        camera = ExifBlock(block[...]).camera
    }

    /// Reads `IHDR`, which is first but for Apple's `CgBI`, and compares its checksum, as every decoder will.
    private mutating func readImageHeader(
        _ window: FileWindow
    ) throws(HeaderInterruption)
        -> PixelSides
    {
        var cursor = window.cursor(at: resumeOffset)
        var chunk = try popChunkHeader(&cursor)
        if chunk.name == "CgBI" {
            try cursor.skip(chunk.byteCount)
            try cursor.skip(4)
            chunk = try popChunkHeader(&cursor)
        }
        guard chunk.name == "IHDR", chunk.byteCount == 13 else {
            throw .failed(.malformed(.missingIHDR, at: resumeOffset))
        }
        let sidesOffset = cursor.position
        var body = cursor
        let bytes = try cursor.pop(13)
        var checksum = CRC32()
        checksum.update("IHDR".utf8)
        checksum.update(bytes)
        guard try cursor.popUInt32(.bigEndian) == checksum.value else {
            throw .failed(.malformed(.checksum, at: sidesOffset))
        }
        let width = try body.popUInt32(.bigEndian)
        let height = try body.popUInt32(.bigEndian)
        guard let width = Int32(exactly: width), let height = Int32(exactly: height) else {
            throw .failed(.malformed(.sideLength, at: sidesOffset))
        }
        resumeOffset = cursor.position
        return try PixelSides(width: Int(width), height: Int(height), at: sidesOffset)
    }

    private func popChunkHeader(
        _ cursor: inout ByteCursor
    ) throws(HeaderInterruption) -> (name: ChunkName, byteCount: Int) {
        let offset = cursor.position
        let declared = try cursor.popUInt32(.bigEndian)
        let name = ChunkName(code: try cursor.popUInt32(.bigEndian))
        guard let byteCount = Int32(exactly: declared), name.isLetters else {
            throw .failed(.malformed(.chunkHeader, at: offset))
        }
        return (name, Int(byteCount))
    }
}
