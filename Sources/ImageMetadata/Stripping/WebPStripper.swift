/// Copies the chunks a WebP needs to be shown, and mends lengths and flags around them (RFC 9649).
///
/// A file that does not begin with `VP8X` is its first chunk; decoders look at no other. In all kinds only the first
/// picture counts. The EXIF chunk's orientation stays where the file announces that chunk.
struct WebPStripper {
    private static let exifFlag: UInt8 = 0x08
    private static let textFlags: UInt8 = 0x0C

    private var body = EditRecorder()
    private var orientation = ImageOrientation.up
    private var exifStart: Int?
    private var kept: Set<UInt32> = []
    /// How many bytes shorter the chunks become, by their declared lengths.
    private var savedByteCount = 0

    /// Cleans a file.
    ///
    /// - Parameter bytes: The file.
    /// - Returns: What the clean file is made of.
    /// - Throws: As ``MetadataStripper/edits(of:)``.
    mutating func strip(_ bytes: Span<UInt8>) throws(ImageMetadataError) -> EditList {
        guard bytes.holds(Array("RIFF".utf8), at: 0), bytes.holds(Array("WEBP".utf8), at: 8),
            let riffByteCount = bytes.number(at: 4, 4, .littleEndian)
        else { throw .unknownFormat(nil) }
        let end = 8 + riffByteCount
        guard riffByteCount <= Int32.max, let first = RIFFChunk(in: bytes, at: 12, limit: end) else {
            throw .malformed(.missingBitstream, at: 4)
        }
        switch first.name {
        case "VP8 ", "VP8L":
            body.copy(first.range(in: bytes))
            savedByteCount = end - first.end
        case "VP8X" where first.byteCount == 10 && first.end <= bytes.count:
            findOrientation(in: bytes, from: first, upTo: end)
            takeExtendedHeader(first, of: bytes)
            takeChunks(of: bytes, from: first.end, upTo: end)
        default:
            throw .malformed(.missingBitstream, at: 12)
        }
        var edits = EditRecorder()
        let head = RIFFChunk.head("RIFF", riffByteCount - savedByteCount) + Array("WEBP".utf8)
        edits.put(head, for: 0..<12, of: bytes)
        edits.append(body)
        // Some writers do not count the last padding byte.
        if riffByteCount % 2 == 1, bytes.count == end + 1, bytes[end] == 0, savedByteCount == 0 {
            edits.copy(end..<end + 1)
        }
        return edits.list(for: bytes)
    }

    /// Looks for the announced EXIF chunk, the first one there is.
    private mutating func findOrientation(in bytes: Span<UInt8>, from first: RIFFChunk, upTo end: Int) {
        guard bytes[first.bodyStart] & Self.exifFlag != 0 else { return }
        var offset = first.end
        while let chunk = RIFFChunk(in: bytes, at: offset, limit: end) {
            if chunk.name == "EXIF" {
                let bodyEnd = min(chunk.bodyStart + min(chunk.byteCount, HeaderLimits.exifByteCount), bytes.count)
                orientation = ExifBlock(bytes.copy(chunk.bodyStart..<bodyEnd)[...]).orientation
                exifStart = chunk.start
                return
            }
            offset = chunk.end
        }
    }

    private mutating func takeExtendedHeader(_ chunk: RIFFChunk, of bytes: Span<UInt8>) {
        let range = chunk.range(in: bytes)
        var replacement = bytes.copy(range)
        replacement[8] &= ~Self.textFlags
        if orientation != .up { replacement[8] |= Self.exifFlag }
        body.put(replacement, for: range, of: bytes)
    }

    private mutating func takeChunks(of bytes: Span<UInt8>, from start: Int, upTo end: Int) {
        var offset = start
        while let chunk = RIFFChunk(in: bytes, at: offset, limit: end) {
            offset = chunk.end
            switch chunk.name {
            case "ANMF":
                takeFrame(chunk, of: bytes)
            case "ICCP", "ANIM", "ALPH", "VP8 ", "VP8L":
                takeFirst(chunk, of: bytes)
            case "EXIF" where chunk.start == exifStart && orientation != .up:
                let block = OrientationBlock.tiff(orientation)
                let replacement = RIFFChunk.head("EXIF", block.count) + block
                body.put(replacement, for: chunk.range(in: bytes), of: bytes)
                savedByteCount += chunk.declaredByteCount - replacement.count
            default:
                savedByteCount += chunk.declaredByteCount
            }
        }
        // Less than the head of a chunk is left; where the file itself ends here, its length stays as declared.
        if end - offset < 8 { savedByteCount += end - offset }
    }

    /// Takes a chunk that may be there once; of the two kinds of pixels, whichever comes first.
    private mutating func takeFirst(_ chunk: RIFFChunk, of bytes: Span<UInt8>) {
        let name: ChunkName = chunk.name == "VP8L" ? "VP8 " : chunk.name
        if kept.insert(name.code).inserted {
            body.copy(chunk.range(in: bytes))
        } else {
            savedByteCount += chunk.declaredByteCount
        }
    }

    /// Takes a frame of an animation: 16 bytes of its own, then chunks.
    private mutating func takeFrame(_ chunk: RIFFChunk, of bytes: Span<UInt8>) {
        let headEnd = chunk.bodyStart + 16
        guard headEnd <= min(chunk.bodyEnd, bytes.count) else {
            savedByteCount += chunk.declaredByteCount
            return
        }
        var inner = EditRecorder()
        var innerSaving = 0
        var offset = headEnd
        while let part = RIFFChunk(in: bytes, at: offset, limit: chunk.bodyEnd) {
            if ["ALPH", "VP8 ", "VP8L"].contains(part.name) {
                inner.copy(part.range(in: bytes))
            } else {
                innerSaving += part.declaredByteCount
            }
            offset = part.end
        }
        if chunk.bodyEnd - offset < 8 { innerSaving += chunk.bodyEnd - offset }
        if innerSaving == 0 { return body.copy(chunk.range(in: bytes)) }
        let byteCount = chunk.bodyEnd - chunk.bodyStart - innerSaving
        body.insert(RIFFChunk.head("ANMF", byteCount))
        body.copy(chunk.bodyStart..<headEnd)
        body.append(inner)
        body.insert([UInt8](repeating: 0, count: byteCount % 2))
        savedByteCount += chunk.declaredByteCount - (8 + byteCount + byteCount % 2)
    }
}
