/// Copies the chunks a PNG needs to be shown as it is meant, up to `IEND` (PNG specification, third edition).
///
/// The density (`pHYs`) stays: it says nothing of the picture's origin, and print programs size the picture by it.
struct PNGStripper {
    private static let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]

    /// The chunks that stay, with the longest body that the specification gives them.
    private static let keptChunks: [UInt32: Int] = {
        let named: [(ChunkName, Int)] = [
            ("IHDR", 13), ("PLTE", 768), ("IDAT", .max), ("tRNS", 256), ("gAMA", 4), ("cHRM", 32), ("sRGB", 1),
            ("iCCP", .max), ("cICP", 4), ("mDCV", 24), ("cLLI", 8), ("mDCv", 24), ("cLLi", 8), ("sBIT", 4),
            ("bKGD", 6), ("pHYs", 9), ("acTL", 8), ("fcTL", 26), ("fdAT", .max),
        ]
        return Dictionary(uniqueKeysWithValues: named.map { ($0.0.code, $0.1) })
    }()

    private var edits = EditRecorder()
    private var chunkCount = 0
    private var hasHeader = false
    private var hasPixels = false
    private var hasExif = false

    private struct Chunk {
        let name: ChunkName
        /// From its length to its checksum, as far as the file goes.
        let range: Range<Int>
        let byteCount: Int
        let isWhole: Bool

        var body: Range<Int> { range.lowerBound + 8..<range.lowerBound + 8 + byteCount }
    }

    /// Cleans a file.
    ///
    /// - Parameter bytes: The file.
    /// - Returns: What the clean file is made of.
    /// - Throws: As ``MetadataStripper/edits(of:)``.
    mutating func strip(_ bytes: Span<UInt8>) throws(ImageMetadataError) -> EditList {
        guard bytes.holds(Self.signature, at: 0) else { throw .unknownFormat(nil) }
        edits.copy(0..<Self.signature.count)
        var position: Int? = Self.signature.count
        while let offset = position, let chunk = try chunk(at: offset, of: bytes) {
            position = try take(chunk, of: bytes)
        }
        guard hasHeader else { throw .truncated(at: bytes.count) }
        return edits.list(for: bytes)
    }

    /// The chunk at an offset; `nil` where the file ends, or where behind the pixels no chunk follows.
    private func chunk(at offset: Int, of bytes: Span<UInt8>) throws(ImageMetadataError) -> Chunk? {
        guard let declared = bytes.number(at: offset, 4), let name = bytes.name(at: offset + 4) else { return nil }
        guard name.isLetters, declared <= Int32.max else {
            if hasPixels { return nil }
            throw .malformed(.chunkHeader, at: offset)
        }
        let end = offset + 12 + declared
        return Chunk(
            name: name,
            range: offset..<min(end, bytes.count),
            byteCount: declared,
            isWhole: end <= bytes.count
        )
    }

    /// Takes or leaves a chunk; tells where to go on, or `nil` at the end.
    private mutating func take(_ chunk: Chunk, of bytes: Span<UInt8>) throws(ImageMetadataError) -> Int? {
        defer { chunkCount += 1 }
        if !hasHeader { try checkHeader(chunk) }
        switch chunk.name {
        case "IEND":
            edits.put(Self.chunk("IEND", []), for: chunk.range, of: bytes)
            return nil
        case "CgBI" where chunkCount == 0 && chunk.isWhole && chunk.byteCount <= 16:
            edits.copy(chunk.range)
        case "eXIf" where !hasPixels && !hasExif:
            let body = chunk.body.prefix(HeaderLimits.exifByteCount)
            // What the reader of headers does not have whole does not count.
            guard body.upperBound <= bytes.count else { return nil }
            hasExif = true
            let orientation = ExifBlock(bytes.copy(body)[...]).orientation
            if orientation == .up { break }
            edits.put(Self.chunk("eXIf", OrientationBlock.tiff(orientation)), for: chunk.range, of: bytes)
        default:
            try takeUsualChunk(chunk)
        }
        return chunk.isWhole ? chunk.range.upperBound : nil
    }

    private mutating func checkHeader(_ chunk: Chunk) throws(ImageMetadataError) {
        if chunk.name == "CgBI", chunkCount == 0 { return }
        guard chunk.name == "IHDR", chunk.byteCount == 13 else {
            throw .malformed(.missingIHDR, at: chunk.range.lowerBound)
        }
        hasHeader = chunk.isWhole
    }

    private mutating func takeUsualChunk(_ chunk: Chunk) throws(ImageMetadataError) {
        guard let byteLimit = Self.keptChunks[chunk.name.code] else {
            guard chunk.name.isCritical else { return }
            throw .malformed(.criticalChunk, at: chunk.range.lowerBound)
        }
        let isPixels = chunk.name == "IDAT" || chunk.name == "fdAT"
        if isPixels { hasPixels = true }
        if chunk.byteCount <= byteLimit, chunk.isWhole || isPixels { edits.copy(chunk.range) }
    }

    /// A whole chunk of few bytes.
    private static func chunk(_ name: String, _ body: [UInt8]) -> [UInt8] {
        var checksum = CRC32()
        checksum.update(name.utf8)
        checksum.update(body)
        return bigEndian(UInt32(body.count)) + Array(name.utf8) + body + bigEndian(checksum.value)
    }

    private static func bigEndian(_ number: UInt32) -> [UInt8] {
        [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: number >> UInt32($0)) }
    }
}

extension ChunkName {
    /// Whether a PNG decoder that does not know the chunk must give up: its first letter is a capital.
    fileprivate var isCritical: Bool { code >> 24 & 0x20 == 0 }
}
