/// A box of ISO base media (ISO/IEC 14496-12, 4.2) and where it stands in the file.
struct MediaBoxPlace {
    /// Its type.
    let name: ChunkName
    /// The whole of it, cut to what it stands in.
    let range: Range<Int>
    /// What follows its header.
    let body: Range<Int>

    /// Reads the header of a box; fails where none is left or its length does not cover the header itself.
    ///
    /// - Parameters:
    ///   - bytes: The file.
    ///   - start: Where the box begins.
    ///   - limit: Where what it stands in ends; inside of the file.
    init?(in bytes: Span<UInt8>, at start: Int, limit: Int) {
        guard limit <= bytes.count, limit - start >= 8, var byteCount = bytes.number(at: start, 4),
            let name = bytes.name(at: start + 4)
        else { return nil }
        var headerByteCount = 8
        if byteCount == 1 {
            guard limit - start >= 16, let long = bytes.number(at: start + 8, 8) else { return nil }
            (byteCount, headerByteCount) = (long, 16)
        } else if byteCount == 0 {
            byteCount = limit - start
        }
        guard byteCount >= headerByteCount else { return nil }
        let end = start + min(byteCount, limit - start)
        self.name = name
        self.range = start..<end
        self.body = start + headerByteCount..<end
    }

    /// Takes the inside of a box for the whole of one without a header.
    ///
    /// - Parameter bytes: The inside.
    init(wholeOf bytes: Span<UInt8>) {
        name = "meta"
        range = 0..<bytes.count
        body = 0..<bytes.count
    }

    /// Where its type stands.
    var nameRange: Range<Int> { range.lowerBound + 4..<range.lowerBound + 8 }

    /// The inside without what stands at its beginning.
    ///
    /// - Parameter byteCount: How much that is.
    /// - Returns: The rest, perhaps empty.
    func body(after byteCount: Int) -> Range<Int> {
        min(body.lowerBound + byteCount, body.upperBound)..<body.upperBound
    }
}
