/// A chunk of a RIFF file (RFC 9649, 2.3) and where it stands.
struct RIFFChunk {
    /// Its name.
    let name: ChunkName
    /// Where its name stands.
    let start: Int
    /// The declared length of its body.
    let byteCount: Int
    /// Behind its padding byte, as declared, but not beyond what it stands in.
    let end: Int

    /// Reads the head of a chunk; fails where less than a head is left.
    ///
    /// - Parameters:
    ///   - bytes: The file.
    ///   - start: Where the chunk begins.
    ///   - limit: Where what it stands in ends, as declared.
    init?(in bytes: Span<UInt8>, at start: Int, limit: Int) {
        guard limit - start >= 8, let name = bytes.name(at: start),
            let byteCount = bytes.number(at: start + 4, 4, .littleEndian)
        else { return nil }
        self.name = name
        self.start = start
        self.byteCount = byteCount
        self.end = min(start + 8 + byteCount + byteCount % 2, limit)
    }

    /// Where its body begins.
    var bodyStart: Int { start + 8 }
    /// Behind its body, as declared, but not beyond what it stands in.
    var bodyEnd: Int { min(start + 8 + byteCount, end) }
    /// How many bytes it declares to take.
    var declaredByteCount: Int { end - start }

    /// The chunk as far as the file goes.
    ///
    /// - Parameter bytes: The file.
    /// - Returns: Offsets in the file.
    func range(in bytes: Span<UInt8>) -> Range<Int> { start..<min(end, bytes.count) }

    /// The head of a chunk.
    ///
    /// - Parameters:
    ///   - name: Its name.
    ///   - byteCount: The length of its body.
    /// - Returns: Eight bytes.
    static func head(_ name: String, _ byteCount: Int) -> [UInt8] {
        Array(name.utf8) + [0, 8, 16, 24].map { UInt8(truncatingIfNeeded: byteCount >> $0) }
    }
}
